import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Sentence } from '../sentence.ts';
import type { Table, TableLine } from './read-table.ts';
import { tooLarge, UnreadableTable } from './read-xlsx.ts';

export type Piece = { unreadable: Sentence } | { columns: string[]; count: number } | { lines: { row: number; cells: string[] }[] };

/** What 64 MB of XML take as text, rows and cells, and as much again. */
const mostMemoryMb = 512;

const ranOutOfMemory = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

/**
 * `readTable` in a thread of its own: 20,000 lines take most of a second, in which this process would answer nobody. The lines come in pieces, each when it is asked for: Node hands
 * over all messages that have arrived in one go. Null when the signal ended it; the thread is gone in any case when this has answered.
 */
export async function readTableApart(bytes: Uint8Array, signal: AbortSignal): Promise<Table | null> {
  if (signal.aborted) return null;
  const own = new Uint8Array(bytes);
  const thread = new Worker(new URL('./table-reader.ts', import.meta.url), {
    workerData: own,
    transferList: [own.buffer],
    resourceLimits: { maxOldGenerationSizeMb: mostMemoryMb },
  });
  // Rejects with what the thread did not catch.
  const ended = once(thread, 'exit').then(() => {
    throw new Error('the thread that reads a table ended before it had handed it over');
  });
  ended.catch(() => undefined);
  const next = async (): Promise<Piece> => {
    const [piece] = await Promise.race([once(thread, 'message', { signal }), ended]);
    if ('unreadable' in piece) throw new UnreadableTable(piece.unreadable);
    return piece;
  };
  try {
    const head = await next();
    const { columns, count } = 'columns' in head ? head : { columns: [], count: 0 };
    const lines: TableLine[] = [];
    while (lines.length < count) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      thread.postMessage('next');
      const piece = await next();
      if (!('lines' in piece)) break;
      for (const { row, cells } of piece.lines) lines.push({ row, cells: new Map(columns.map((column, n) => [column, cells[n] ?? ''])) });
    }
    return { columns, lines };
  } catch (error) {
    if (signal.aborted) return null;
    throw ranOutOfMemory(error) ? tooLarge() : error;
  } finally {
    await thread.terminate();
  }
}
