/**
 * One keep-alive connection of the load generator: a request that is already bytes goes out, the status comes back. A general HTTP client
 * costs as much per request as the server under test; on a machine where both share the cores that would hide the difference between two arms.
 * Both arms answer with `content-length`; an answer that does not is an error here, not a guess.
 */
import { connect, type Socket } from 'node:net';

const endOfHeaders = Buffer.from('\r\n\r\n');

type Waiting = { resolve(status: number): void; reject(error: Error): void };

export class HttpConnection {
  readonly #socket: Socket;
  #waiting: Waiting | null = null;
  #received: Buffer | null = null;
  /** Bytes of the body that are still to come; -1 while the headers are. */
  #missing = -1;
  #status = 0;
  bytesReceived = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('the server closed the connection')));
  }

  static async open(host: string, port: number): Promise<HttpConnection> {
    const socket = connect({ host, port });
    await new Promise<void>((done, failed) => {
      socket.once('connect', done);
      socket.once('error', failed);
    });
    return new HttpConnection(socket);
  }

  /** Sends one request and resolves with the status once the whole answer has arrived. One at a time. */
  exchange(request: string): Promise<number> {
    if (this.#waiting) throw new Error('this connection is busy');
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(request, 'latin1');
    });
  }

  close(): void {
    this.#waiting = null;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.bytesReceived += chunk.length;
    if (this.#missing >= 0) return this.#count(chunk.length);
    const received = this.#received ? Buffer.concat([this.#received, chunk]) : chunk;
    const end = received.indexOf(endOfHeaders);
    if (end < 0) {
      this.#received = received;
      return;
    }
    this.#received = null;
    const head = received.toString('latin1', 0, end);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    this.#status = Number(head.slice(9, 12));
    if (length === undefined) return this.#fail(new Error(`an answer without content-length:\n${head}`));
    this.#missing = Number(length);
    this.#count(received.length - end - endOfHeaders.length);
  }

  #count(bodyBytes: number): void {
    this.#missing -= bodyBytes;
    if (this.#missing < 0) return this.#fail(new Error('more bytes than the answer announced'));
    if (this.#missing > 0) return;
    this.#missing = -1;
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.resolve(this.#status);
  }

  #fail(error: Error): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#socket.destroy();
    waiting?.reject(error);
  }
}
