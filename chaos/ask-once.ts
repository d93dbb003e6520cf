import { Agent, request } from 'node:http';

export type Asked = { status: number | null; retryAfter: string | null };
type Question = { method: string; headers: Record<string, string>; body?: string; patienceMs: number };

/** The oldest idle connection may be the one that the server is about to close. */
const agent = new Agent({ keepAlive: true, scheduling: 'lifo' });

/**
 * Asks once and reads the answer to its end, as a browser asks. A status of null: no answer. On Node's own client: with `fetch` those who ask took as
 * much of the machine as all their callbacks did of the server, and what was measured was that.
 */
export function askOnce(url: string, { method, headers, body = '', patienceMs }: Question): Promise<Asked> {
  return new Promise((done) => {
    const nobody = () => done({ status: null, retryAfter: null });
    const length = body === '' ? {} : { 'content-length': Buffer.byteLength(body) };
    const asking = request(url, { agent, method, headers: { 'accept-encoding': 'gzip, deflate', ...headers, ...length } }, (answer) => {
      answer.resume();
      answer.on('end', () => {
        clearTimeout(patience);
        done({ status: answer.statusCode ?? null, retryAfter: answer.headers['retry-after'] ?? null });
      });
      answer.on('error', nobody);
    });
    const patience = setTimeout(() => asking.destroy(new Error('no answer in time')), patienceMs);
    asking.on('error', () => {
      clearTimeout(patience);
      nobody();
    });
    asking.end(body);
  });
}
