import { createServer, type RequestListener } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { HttpConnection } from './http-connection.ts';

const request = (path: string) => `GET ${path} HTTP/1.1\r\nhost: bench\r\n\r\n`;

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function open(port: number): Promise<HttpConnection> {
  const connection = await HttpConnection.open('127.0.0.1', port);
  onTestFinished(() => connection.close());
  return connection;
}

test('answers of every size come back one after the other over one connection', async () => {
  const port = await serve((req, res) => {
    const body = 'x'.repeat(Number(req.url?.slice(1)));
    res.writeHead(body.length === 0 ? 404 : 200, { 'content-length': body.length }).end(body);
  });
  const connection = await open(port);
  for (const size of [5, 0, 1, 300_000, 7]) {
    const before = connection.bytesReceived;
    expect(await connection.exchange(request(`/${size}`))).toBe(size === 0 ? 404 : 200);
    expect(connection.bytesReceived - before).toBeGreaterThan(size);
  }
});

test('an answer that arrives byte by byte is put together', async () => {
  const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc';
  const server = createSocketServer((socket) => {
    socket.setNoDelay(true);
    socket.once('data', () => void dribble());
    async function dribble(): Promise<void> {
      for (const byte of answer) await new Promise((next) => socket.write(byte, () => setImmediate(next)));
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const connection = await open(address.port);
  expect(await connection.exchange(request('/'))).toBe(200);
});

test('an answer whose length is not announced is an error, not a wrong number', async () => {
  const port = await serve((_req, res) => {
    res.write('a');
    res.end('b');
  });
  await expect((await open(port)).exchange(request('/'))).rejects.toThrow('without content-length');
});

test('a server that hangs up fails the request that was waiting', async () => {
  const port = await serve((req) => req.socket.destroy());
  await expect((await open(port)).exchange(request('/'))).rejects.toThrow(/closed the connection|ECONNRESET/);
});
