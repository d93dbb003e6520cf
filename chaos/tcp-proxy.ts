import { connect, createServer, type Socket } from 'node:net';

/**
 * `clear`: passes everything on. `reset`: the request is carried out, its answer is cut off. `refused`: cut off at once. `stall`: passes the request
 * on and never the answer. `dribble`: a byte of the answer every tenth of a second. `html`: a gateway answers in WeCom's place. `busy`: WeCom's own -1.
 */
export type Weather = 'clear' | 'reset' | 'refused' | 'stall' | 'dribble' | 'html' | 'busy';

export type TcpProxy = {
  port: number;
  /** How many requests came in since the start, whatever became of them. */
  requests(): number;
  set(weather: Weather): void;
  close(): Promise<void>;
};

const answerOf = (status: string, type: string, body: string) =>
  `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`;
const gateway = answerOf('200 OK', 'text/html', '<html><body><h1>Please log in to the hotel network</h1></body></html>');
const busy = answerOf('200 OK', 'application/json', '{"errcode":-1,"errmsg":"system busy"}');

const beginsRequest = /^(?:GET|POST|PUT|DELETE) /;

/** A network that can be spoiled, in front of a server on this machine. Weather that changes holds for connections that are open already. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  let weather: Weather = 'clear';
  let requests = 0;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    open.add(client);
    const upstream = connect(targetPort, '127.0.0.1');
    open.add(upstream);
    let dribbling: NodeJS.Timeout | null = null;
    const end = (): void => {
      if (dribbling) clearInterval(dribbling);
      for (const socket of [client, upstream]) {
        socket.destroy();
        open.delete(socket);
      }
    };
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end);

    client.on('data', (chunk: Buffer) => {
      if (beginsRequest.test(chunk.toString('latin1', 0, 8))) requests += 1;
      if (weather === 'refused') client.resetAndDestroy();
      else if (weather === 'html') client.end(gateway);
      else if (weather === 'busy') client.end(busy);
      else upstream.write(chunk);
    });

    let held: Buffer = Buffer.alloc(0);
    upstream.on('data', (chunk: Buffer) => {
      if (weather === 'reset') client.resetAndDestroy();
      else if (weather === 'dribble' || held.length > 0) {
        held = Buffer.concat([held, chunk]);
        dribbling ??= setInterval(() => {
          client.write(held.subarray(0, 1));
          held = held.subarray(1);
        }, 100);
      } else if (weather !== 'stall') client.write(chunk);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    requests: () => requests,
    set(next) {
      weather = next;
      // A client that kept a connection through a stall would never learn that the weather is fine again.
      if (next === 'clear') for (const socket of open) socket.destroy();
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const socket of open) socket.destroy();
      }),
  };
}
