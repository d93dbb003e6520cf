import type { Clock } from './clock.ts';

export type TroubleKind = 'disk_full' | 'statement_timeout' | 'deadlock';

/** `sentence` says what it means to whoever runs the server. */
export type Trouble = { kind: TroubleKind; sentence: string; at: Date };

export type DatabaseTrouble = {
  observe(error: unknown): void;
  /** The last trouble of the last five minutes, or null. */
  recent(): Trouble | null;
};

const told: Record<string, { kind: TroubleKind; sentence: string }> = {
  '53100': {
    kind: 'disk_full',
    sentence: 'The disk of Postgres is full: nothing is written until space is freed. What was begun was rolled back.',
  },
  '57014': {
    kind: 'statement_timeout',
    sentence: 'Postgres stopped a statement that took longer than it may: look for what holds locks (pg_stat_activity).',
  },
  '40P01': {
    kind: 'deadlock',
    sentence: 'Two transactions waited for each other, and Postgres ended one of them. It was rolled back and may be repeated.',
  },
};

const recentMs = 5 * 60_000;

/** Postgres answers and yet cannot do what it is asked: what this process saw of it, for its health. Nothing is asked for it. */
export function createDatabaseTrouble(clock: Clock): DatabaseTrouble {
  let last: Trouble | null = null;
  return {
    observe(error) {
      for (let cause = error; cause instanceof Error; cause = cause.cause) {
        const known = 'code' in cause && typeof cause.code === 'string' ? told[cause.code] : undefined;
        if (known) last = { ...known, at: clock.now() };
      }
    },
    recent: () => (last !== null && clock.now().getTime() - last.at.getTime() < recentMs ? last : null),
  };
}
