/** The three things that WeCom issues for two hours each: the app's token, the corp's JS ticket, the app's JS ticket. */
export type SecretKind = 'access_token' | 'corp_ticket' | 'agent_ticket';

/** Without `obtainedAt` it counts as obtained two hours before it expires. */
export type StoredSecret = { value: string; expiresAt: Date; obtainedAt?: Date };

/** WeCom said that corp id or secret are wrong, `times` in a row. Asking on gets our address banned for an hour. */
export type SecretRefusal = { errcode: number; errmsg: string; askAgainAt: Date; times: number };

/** Where all processes of one app keep what they share. One store belongs to one corp and one app. */
export type SecretStore = {
  get(kind: SecretKind): Promise<StoredSecret | null>;
  /**
   * Runs `work` while no other process runs work for this kind; `keep` stores for all of them. Inside it, `get` sees what others have
   * kept. A ticket's work may take the lock of `access_token` within its own, never the other way round. A process that was so slow that
   * another took its place keeps nothing; its work is run anew.
   */
  withRefreshLock<T>(kind: SecretKind, work: (keep: (secret: StoredSecret) => Promise<void>) => Promise<T>): Promise<T>;
  /** What WeCom last said about corp id and secret as they are set now; null when it took them, or was not asked since they changed. */
  refusal(): Promise<SecretRefusal | null>;
  /** Null: WeCom takes them. */
  noteRefusal(refusal: SecretRefusal | null): Promise<void>;
};

/** A store for one process: tests, scripts. Forgets everything when the process ends. */
export function memorySecretStore(): SecretStore & { put(kind: SecretKind, secret: StoredSecret): Promise<void> } {
  const secrets = new Map<SecretKind, StoredSecret>();
  const queues = new Map<SecretKind, Promise<unknown>>();
  let refused: SecretRefusal | null = null;
  return {
    get: async (kind) => secrets.get(kind) ?? null,
    put: async (kind, secret) => void secrets.set(kind, secret),
    withRefreshLock(kind, work) {
      const turn = (queues.get(kind) ?? Promise.resolve()).then(() => work(async (secret) => void secrets.set(kind, secret)));
      queues.set(
        kind,
        turn.catch(() => undefined),
      );
      return turn;
    },
    refusal: async () => refused,
    noteRefusal: async (refusal) => void (refused = refusal),
  };
}
