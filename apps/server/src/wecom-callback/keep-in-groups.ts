import { setImmediate as endOfTurn } from 'node:timers/promises';

type Waiting<Row> = { row: Row; until: number; kept: () => void; failed: (error: unknown) => void };

type Options<Row> = {
  /** Keeps all of them in one statement and one commit, or none. */
  keep: (rows: Row[]) => Promise<void>;
  /** Whether a failure says nothing about the rows: then it is everybody's, and nobody is tried alone. */
  concernsAll: (error: unknown) => boolean;
  /** What is told to whoever has waited so long, or comes while too many wait: a database that has stopped answering must not fill the memory. */
  tooMany: () => Error;
};

/** A statement of a few hundred kilobytes. */
const largestGroup = 200;
/** Some ten megabytes, and more than a healthy database is ever behind. */
export const mostWaiting = 10_000;
/** How much later than promised somebody may be told: one look for all, instead of a timer for each. */
const lookEveryMs = 100;

/**
 * What arrives within a turn of the event loop, or while a commit is on its way to the disk, goes together in the next: a burst costs a commit per
 * group where it would cost one per callback, and a callback that comes alone waits for nothing. One commit at a time: with two the groups are half as
 * large, and each costs its way to Postgres and back. Resolves when the commit that holds the row is done. A row that cannot be kept takes no other
 * down with it. After `patienceMs` it rejects with `tooMany`: what was not begun by then is not begun any more, what was may be kept after all.
 */
export function keepInGroups<Row>({ keep, concernsAll, tooMany }: Options<Row>): (row: Row, patienceMs: number) => Promise<void> {
  let gathering: Waiting<Row>[] = [];
  let underWay: Waiting<Row>[] = [];
  let working = false;
  let look: NodeJS.Timeout | null = null;

  /** Answers how to tell them. */
  async function settle(group: Waiting<Row>[]): Promise<() => void> {
    try {
      await keep(group.map(({ row }) => row));
      return () => group.forEach(({ kept }) => kept());
    } catch (error) {
      if (group.length === 1 || concernsAll(error)) return () => group.forEach(({ failed }) => failed(error));
      for (const one of group) (await settle([one]))();
      return () => undefined;
    }
  }

  function sendAwayTheLate(): void {
    const now = performance.now();
    const isLate = ({ until }: Waiting<Row>) => until <= now;
    // Told once: to say it again to somebody under way changes nothing.
    for (const { failed } of [...underWay, ...gathering].filter(isLate)) failed(tooMany());
    if (gathering.some(isLate)) gathering = gathering.filter((one) => !isLate(one));
  }

  function lookAgain(): void {
    look ??= setTimeout(() => {
      look = null;
      sendAwayTheLate();
      if (working) lookAgain();
    }, lookEveryMs).unref();
  }

  async function work(): Promise<void> {
    await endOfTurn();
    let tell: (() => void) | null = null;
    do {
      underWay = [];
      sendAwayTheLate();
      underWay = gathering.slice(0, largestGroup);
      gathering = gathering.slice(largestGroup);
      const settling = underWay.length === 0 ? null : settle(underWay);
      // To tell a group takes as long as to keep one: the next is on its way to Postgres meanwhile.
      if (tell !== null) process.nextTick(tell);
      tell = settling && (await settling);
    } while (tell !== null);
    working = false;
  }

  return (row, patienceMs) =>
    new Promise((kept, failed) => {
      if (gathering.length >= mostWaiting) return failed(tooMany());
      gathering.push({ row, until: performance.now() + patienceMs, kept, failed });
      if (working) return;
      working = true;
      lookAgain();
      void work();
    });
}
