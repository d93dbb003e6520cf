import { createServer, type RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { runClosedLoop } from './closed-loop.ts';
import { HttpConnection } from './http-connection.ts';
import { arrivals, runOpenLoop } from './open-loop.ts';

const requests = ['GET / HTTP/1.1\r\nhost: bench\r\n\r\n'];

async function connectTo(listener: RequestListener, count: number): Promise<HttpConnection[]> {
  const server = createServer(listener);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const connections = await Promise.all(Array.from({ length: count }, () => HttpConnection.open('127.0.0.1', address.port)));
  onTestFinished(() => {
    for (const connection of connections) connection.close();
    server.closeAllConnections();
    server.close();
  });
  return connections;
}

const answer: RequestListener = (_req, res) => void res.writeHead(200, { 'content-length': 2 }).end('ok');
const refuse: RequestListener = (_req, res) => void res.writeHead(429, { 'content-length': 0 }).end();

test('arrivals keep their rate over the run, and the same seed gives the same crowd', () => {
  const crowd = arrivals(2_000, 5, 1);
  expect(crowd.length).toBeGreaterThan(9_600);
  expect(crowd.length).toBeLessThan(10_400);
  expect(crowd.every((at, n) => at < 5_000 && at >= (crowd[n - 1] ?? 0))).toBe(true);
  expect(arrivals(2_000, 5, 1)).toEqual(crowd);
  expect(arrivals(2_000, 5, 2)).not.toEqual(crowd);
});

test('every request of the schedule is sent once and answered once', async () => {
  let served = 0;
  const connections = await connectTo((req, res) => {
    served += 1;
    void answer(req, res);
  }, 4);
  const result = await runOpenLoop({ connections, requests, arrivals: arrivals(500, 0.4, 3) });
  expect(result.answered).toBe(served);
  expect(result.p50).toBeGreaterThan(0);
  expect(result.p99).toBeGreaterThanOrEqual(result.p50);
});

test('a server that stalls makes everybody behind it late, though it then answers at once', async () => {
  let first = true;
  const connections = await connectTo((req, res) => {
    if (!first) return answer(req, res);
    first = false;
    setTimeout(() => answer(req, res), 200);
  }, 1);
  const crowd = Float64Array.from({ length: 20 }, (_, n) => n * 5);
  const { p50, max } = await runOpenLoop({ connections, requests, arrivals: crowd });
  expect(max).toBeGreaterThanOrEqual(195);
  expect(p50).toBeGreaterThan(100);
});

test('a refusal fails the run: it is quick and would count as speed', async () => {
  const open = await connectTo(refuse, 2);
  await expect(runOpenLoop({ connections: open, requests, arrivals: arrivals(100, 0.1, 1) })).rejects.toThrow('status 429');
  // Others: the failed run leaves behind what it had sent and not heard of.
  const closed = await connectTo(refuse, 2);
  await expect(runClosedLoop(closed, requests, 0.1)).rejects.toThrow('status 429');
});

test('a run ends when answers stay away', async () => {
  const connections = await connectTo(() => undefined, 1);
  const crowd = arrivals(100, 0.05, 1);
  await expect(runOpenLoop({ connections, requests, arrivals: crowd, graceMs: 100 })).rejects.toThrow('not answered in time');
});

test('the closed loop counts what was answered within its time', async () => {
  const connections = await connectTo(answer, 4);
  const { answered, perSecond, bytesPerAnswer } = await runClosedLoop(connections, requests, 0.2);
  expect(answered).toBeGreaterThan(10);
  expect((perSecond * 0.2) / answered).toBeGreaterThan(0.8);
  expect((perSecond * 0.2) / answered).toBeLessThanOrEqual(1);
  expect(bytesPerAnswer).toBeGreaterThan(50);
});
