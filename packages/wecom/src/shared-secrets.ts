import { WeComError } from './errors.ts';
import { refusalOf, stillRefused } from './refused-secret.ts';
import type { SecretKind, SecretStore, StoredSecret } from './secret-store.ts';

export type IssuedSecret = { value: string; expiresInSeconds: number };

export type SharedSecrets = {
  /** The value in force; fetched, or taken over from another process, when there is none. */
  current(kind: SecretKind): Promise<string>;
  /** What to use instead of `refused`. However many ask, WeCom is asked once. */
  replace(kind: SecretKind, refused: string): Promise<string>;
  /** As `current`, but what other processes have put meanwhile comes first. */
  reread(kind: SecretKind): Promise<string>;
  /** When the value held now came from WeCom, in ms; the beginning of time when none is held. */
  obtainedAt(kind: SecretKind): number;
  /** Values held now: what must not appear in a log. */
  known(): string[];
};

/** What WeCom gives a new token or ticket. */
const lifetimeMs = 7_200_000;

/** Two machines may differ by so much. */
const disorderMs = 60_000;

/** Obtained while the clock ran ahead, which has been set back since: nobody knows any more when it expires. */
const isFromTheFuture = ({ obtainedAt }: StoredSecret, now: Date): boolean =>
  obtainedAt != null && obtainedAt.getTime() - now.getTime() > disorderMs;
const isAlive = (secret: StoredSecret, now: Date): boolean => secret.expiresAt > now && !isFromTheFuture(secret, now);

type Held = StoredSecret & { renewAt: number };

/** The token and the tickets of one app: held in this process, shared with others through the store, renewed a little early. */
export function shareSecrets(deps: {
  store: SecretStore;
  clock: { now(): Date };
  issue: (kind: SecretKind) => Promise<IssuedSecret>;
  /** A call fails because WeCom refused the secret before and is not asked again yet. */
  onNotAsked: (error: WeComError) => void;
}): SharedSecrets {
  const { store, clock } = deps;
  const held = new Map<SecretKind, Held>();
  const underway = new Map<SecretKind, Promise<string>>();

  function hold(kind: SecretKind, secret: StoredSecret, outgoing: string | null): string {
    const now = clock.now().getTime();
    const left = secret.expiresAt.getTime() - now;
    // Until it expires WeCom hands out the same value again: asking early a second time would only burn the tickets' hourly quota.
    const early = secret.value === outgoing ? 0 : Math.min(60_000, left / 10);
    held.set(kind, { ...secret, renewAt: now + left - early });
    return secret.value;
  }

  async function obtain(kind: SecretKind, outgoing: string | null): Promise<string> {
    return store.withRefreshLock(kind, async (keep) => {
      const stored = await store.get(kind);
      if (stored && stored.value !== outgoing && isAlive(stored, clock.now())) return hold(kind, stored, outgoing);
      const issued = kind === 'access_token' ? await issueToken() : await deps.issue(kind);
      const obtainedAt = clock.now();
      const secret = { value: issued.value, expiresAt: new Date(obtainedAt.getTime() + issued.expiresInSeconds * 1000), obtainedAt };
      await keep(secret);
      return hold(kind, secret, outgoing);
    });
  }

  async function issueToken(): Promise<IssuedSecret> {
    const refused = await store.refusal();
    const known = stillRefused(refused, clock.now());
    if (known) {
      deps.onNotAsked(known);
      throw known;
    }
    try {
      const issued = await deps.issue('access_token');
      if (refused !== null) await store.noteRefusal(null);
      return issued;
    } catch (error) {
      const refusal = error instanceof WeComError ? refusalOf(error, refused, clock.now()) : null;
      if (refusal === null) throw error;
      await store.noteRefusal(refusal);
      throw stillRefused(refusal, clock.now()) ?? error;
    }
  }

  function obtainOnce(kind: SecretKind, outgoing: string | null): Promise<string> {
    const running = underway.get(kind);
    if (running) return running;
    const started = obtain(kind, outgoing).finally(() => underway.delete(kind));
    underway.set(kind, started);
    return started;
  }

  async function current(kind: SecretKind): Promise<string> {
    const mine = held.get(kind);
    if (mine && clock.now().getTime() < mine.renewAt && !isFromTheFuture(mine, clock.now())) return mine.value;
    return obtainOnce(kind, mine?.value ?? null);
  }

  return {
    current,
    async replace(kind, refused) {
      const mine = held.get(kind);
      // Refused late: somebody has already brought a new one.
      if (mine && mine.value !== refused) return mine.value;
      return obtainOnce(kind, refused);
    },
    async reread(kind) {
      const stored = await store.get(kind);
      if (stored && stored.value !== held.get(kind)?.value && isAlive(stored, clock.now())) return hold(kind, stored, null);
      return current(kind);
    },
    obtainedAt(kind) {
      const mine = held.get(kind);
      return mine ? (mine.obtainedAt?.getTime() ?? mine.expiresAt.getTime() - lifetimeMs) : 0;
    },
    known: () => [...held.values()].map((secret) => secret.value),
  };
}
