/** The one place where time comes from the air. Everything else is handed `clock` or `now`. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };
