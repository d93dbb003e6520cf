import { startStopwatch } from '../leases/stopwatch.ts';

type Waiting<Row> = { row: Row; patienceMs: number; waits: { elapsedMs(): number }; kept: () => void; failed: (error: unknown) => void };

type Options<Row> = {
  /** Keeps all of them in one statement and one commit, or none. */
  keep: (rows: Row[]) => Promise<void>;
  /** Whether a failure says nothing about the rows: then it is everybody's, and nobody is tried alone. */
  concernsAll: (error: unknown) => boolean;
  /** What is told to whoever has waited so long, or comes while too many wait: a database that has stopped answering must not fill the memory. */
  tooMany: () => Error;
};

/** Two commits on their way to the disk at once: while one is being written the next is being gathered. More would only be smaller. */
const groupsAtOnce = 2;
/** A statement of a few hundred kilobytes. */
const largestGroup = 200;
/** Some ten megabytes, and more than a healthy database is ever behind. */
export const mostWaiting = 10_000;

/**
 * What arrives while a commit is on its way to the disk waits for that commit and then goes together in the next: a burst costs a commit per
 * group where it would cost one per callback, and a callback that comes alone goes at once. Resolves when the commit that holds the row is done.
 * A row that cannot be kept takes no other down with it. After `patienceMs` whoever asked has been told that it is not kept, so it is not begun any more.
 */
export function keepInGroups<Row>({ keep, concernsAll, tooMany }: Options<Row>): (row: Row, patienceMs: number) => Promise<void> {
  let gathering: Waiting<Row>[] = [];
  let underway = 0;

  async function settle(group: Waiting<Row>[]): Promise<void> {
    try {
      await keep(group.map(({ row }) => row));
      for (const { kept } of group) kept();
    } catch (error) {
      if (group.length === 1 || concernsAll(error)) for (const { failed } of group) failed(error);
      else for (const one of group) await settle([one]);
    }
  }

  function sendAwayTheLate(): void {
    const { late = [], inTime = [] } = Object.groupBy(gathering, ({ waits, patienceMs }) =>
      waits.elapsedMs() < patienceMs ? 'inTime' : 'late',
    );
    gathering = inTime;
    for (const { failed } of late) failed(tooMany());
  }

  function next(): void {
    if (underway < groupsAtOnce) sendAwayTheLate();
    while (underway < groupsAtOnce && gathering.length > 0) {
      const group = gathering.slice(0, largestGroup);
      gathering = gathering.slice(largestGroup);
      underway += 1;
      void settle(group).finally(() => {
        underway -= 1;
        next();
      });
    }
  }

  return (row, patienceMs) =>
    new Promise((kept, failed) => {
      if (gathering.length >= mostWaiting) return failed(tooMany());
      gathering.push({ row, patienceMs, waits: startStopwatch(), kept, failed });
      next();
    });
}
