/** The three things that WeCom issues for two hours each: the app's token, the corp's JS ticket, the app's JS ticket. */
export type SecretKind = 'access_token' | 'corp_ticket' | 'agent_ticket';

/** Without `obtainedAt` it counts as obtained two hours before it expires. */
export type StoredSecret = { value: string; expiresAt: Date; obtainedAt?: Date };

/** Where all processes of one app keep what they share. One store belongs to one corp and one app. */
export type SecretStore = {
  get(kind: SecretKind): Promise<StoredSecret | null>;
  put(kind: SecretKind, secret: StoredSecret): Promise<void>;
  /**
   * Runs `work` while no other process runs work for this kind. Inside it, `get` sees what others have put. A ticket's work may take
   * the lock of `access_token` within its own, never the other way round.
   */
  withRefreshLock<T>(kind: SecretKind, work: () => Promise<T>): Promise<T>;
};

/** A store for one process: tests, scripts. Forgets everything when the process ends. */
export function memorySecretStore(): SecretStore {
  const secrets = new Map<SecretKind, StoredSecret>();
  const queues = new Map<SecretKind, Promise<unknown>>();
  return {
    get: async (kind) => secrets.get(kind) ?? null,
    put: async (kind, secret) => void secrets.set(kind, secret),
    withRefreshLock(kind, work) {
      const turn = (queues.get(kind) ?? Promise.resolve()).then(work);
      queues.set(
        kind,
        turn.catch(() => undefined),
      );
      return turn;
    },
  };
}
