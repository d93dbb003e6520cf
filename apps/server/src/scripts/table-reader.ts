/** The thread of read-table-apart.ts: reads one table, and hands it over in pieces as it is asked for them. */
import { parentPort, workerData } from 'node:worker_threads';
import { readTable, UnreadableTable } from './read-table.ts';
import type { Piece } from './read-table-apart.ts';

/** So many lines are taken out of a message within a millisecond or two. */
const perPiece = 200;

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const hand = (piece: Piece) => parentPort?.postMessage(piece);

try {
  const { columns, lines } = await readTable(Buffer.from(workerData as Uint8Array));
  hand({ columns, count: lines.length });
  let at = 0;
  parentPort?.on('message', () => {
    hand({
      lines: lines.slice(at, at + perPiece).map(({ row, cells }) => ({ row, cells: columns.map((column) => cells.get(column) ?? '') })),
    });
    at += perPiece;
  });
} catch (error) {
  if (!(error instanceof UnreadableTable)) throw error;
  hand({ unreadable: error.sentence });
}
