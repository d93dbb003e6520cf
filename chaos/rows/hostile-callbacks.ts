import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { median } from '../../bench/ratio.ts';
import { type Callback, callbackWriter } from '../callbacks.ts';
import { limit, type Row } from '../row.ts';

/** Until the answer begins, which may be before the attacker has sent everything. Null: cut off without one. */
function attackOnce(origin: string, { path, body }: Callback): Promise<{ status: number | null; ms: number }> {
  const began = performance.now();
  return new Promise((done) => {
    const end = (status: number | null): void => done({ status, ms: performance.now() - began });
    const asked = request(`${origin}${path}`, { method: 'POST', headers: { 'content-type': 'text/xml' }, agent: false });
    asked.once('response', ({ statusCode }) => {
      end(statusCode ?? null);
      asked.destroy();
    });
    asked.once('error', () => end(null));
    // Piece by piece, as a network brings it: encoding 10 MB at once would be the slowest part.
    asked.setHeader('content-length', Buffer.byteLength(body));
    let sent = 0;
    const more = (): void => {
      if (sent >= body.length) return void asked.end();
      const piece = body.slice(sent, (sent += 65_536));
      asked.write(piece, () => more());
    };
    more();
  });
}

/** T13: what is not WeCom's, over real sockets, to a server that has nothing else to do. */
export const hostileCallbacks: Row = {
  id: 'T13',
  what: 'wrong signature, old timestamp, XML bomb, 10 MB, wrong corp: refused with 4xx within 50 ms, nothing stored',
  long: { seconds: 20 },
  short: { seconds: 2 },
  async run({ callbacks, callbackSettings, product, query, corpId }, { seconds }) {
    const genuine = callbacks.edited('zhouyining', 'wmHostile', 1);
    const stranger = callbackWriter({ ...callbackSettings, corpId: 'wwsomebodyelse' });
    const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">${Array.from({ length: 20 }, (_, n) => `<!ENTITY a${n + 1} "&a${n};&a${n};&a${n};">`).join('')}]><xml><Encrypt>&a20;</Encrypt></xml>`;
    const attacks: Record<string, Callback> = {
      'wrong signature': {
        ...genuine,
        path: genuine.path.replace(/msg_signature=./, (begin) => `${begin.slice(0, -1)}${begin.endsWith('0') ? '1' : '0'}`),
      },
      'altered text': {
        ...genuine,
        body: genuine.body.replace(
          /(<Encrypt><!\[CDATA\[.{20})(.)/,
          (_, begin: string, letter: string) => `${begin}${letter === 'A' ? 'B' : 'A'}`,
        ),
      },
      'recorded an hour ago': callbacks.seal(genuine.xml, Date.now() - 3_600_000),
      'an XML bomb': { ...genuine, body: bomb },
      'an XML bomb, encrypted': callbacks.seal(bomb),
      '10 MB': { ...genuine, body: `<xml><Encrypt><![CDATA[${'A'.repeat(10 * 1024 * 1024)}]]></Encrypt></xml>` },
      'another corp': stranger.edited('zhouyining', 'wmHostile', 2),
      'no stamp': { ...genuine, path: '/wecom/callback' },
      'no XML': { ...genuine, body: 'hello' },
    };
    const before = await query<{ n: number }>('SELECT count(*)::int AS n FROM callback_inbox');
    const rounds = Math.max(9, seconds * 5);
    // Among other tests the machine is not idle.
    const quickMs = seconds >= 20 ? 50 : 500;
    const figures: Record<string, number | string> = {};
    const broken: string[] = [];
    for (const [name, attack] of Object.entries(attacks)) {
      const answers = [];
      for (let n = 0; n < rounds; n += 1) answers.push(await attackOnce(product.url, attack));
      const ms = Number(median(answers.map((answer) => answer.ms)).toFixed(1));
      const statuses = [...new Set(answers.map(({ status }) => status))];
      figures[name] = `${statuses.join(', ')} in ${ms} ms`;
      // Refused by its announced length, while it is still being sent: the connection may end before the answer is read.
      const refused = statuses.every((status) => (status === null ? name === '10 MB' : status >= 400 && status < 500));
      broken.push(
        ...limit(refused, `${name}: answered ${statuses.join(', ')}`),
        ...limit(ms < quickMs, `${name}: ${ms} ms, more than ${quickMs}`),
      );
    }
    const after = await query<{ n: number; hashed: number }>(
      'SELECT count(*)::int AS n, count(*) FILTER (WHERE payload_hash = ANY($1))::int AS hashed FROM callback_inbox WHERE corp_id = $2',
      [[createHash('sha256').update(bomb).digest('hex'), genuine.hash], corpId],
    );
    broken.push(...limit((after[0]?.n ?? 0) === (before[0]?.n ?? 0) && after[0]?.hashed === 0, 'something of it was stored'));
    return { figures, broken };
  },
};
