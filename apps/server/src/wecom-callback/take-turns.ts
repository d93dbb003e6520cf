export type Turns = {
  /** Any number at a time, but not while one wants to be alone. */
  together<T>(work: () => Promise<T>): Promise<T>;
  /** Waits until nobody else works, and keeps the others waiting meanwhile. One after another. */
  alone<T>(work: () => Promise<T>): Promise<T>;
};

/** Who may work beside whom, within one process. */
export function createTurns(): Turns {
  const working = new Set<Promise<unknown>>();
  let lastAlone: Promise<unknown> = Promise.resolve();
  const wanting = new Set<symbol>();

  function begin<T>(work: () => Promise<T>): Promise<T> {
    const result = work();
    const over = result.then(
      () => undefined,
      () => undefined,
    );
    working.add(over);
    void over.then(() => working.delete(over));
    return result;
  }

  return {
    async together(work) {
      while (wanting.size > 0) await lastAlone;
      return begin(work);
    },
    alone(work) {
      const mine = Symbol('alone');
      wanting.add(mine);
      const turn = lastAlone
        .then(() => Promise.all(working))
        .then(work)
        .finally(() => wanting.delete(mine));
      lastAlone = turn.catch(() => undefined);
      return turn;
    },
  };
}
