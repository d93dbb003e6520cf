import type { ScriptAudience, ScriptStatus } from '@nextline/contract';

/** Where a script stands. `writers`: everybody who changed a word of the draft. */
export type Standing = {
  status: ScriptStatus;
  publishedVersion: number | null;
  retired: boolean;
  draft: { version: number; inReview: boolean; writers: readonly string[] } | null;
};

export type Step = 'save' | 'submit' | 'approve' | 'reject' | 'publish' | 'withdraw' | 'retire' | 'discard';

export type Refusal = 'wrong_state' | 'own_review' | 'needs_review';

/** `gone`: nothing is left of it, neither a draft nor a version. */
export type Decision = { next: Standing; publishes: number | null; gone: boolean } | { refusal: Refusal };

type Asked = { step: Step; by: string; fourEyes: boolean };

const refuse = (refusal: Refusal): Decision => ({ refusal });
const becomes = (next: Omit<Standing, 'status'>, status: ScriptStatus, publishes: number | null = null): Decision => ({
  next: { ...next, status },
  publishes,
  gone: next.draft === null && next.publishedVersion === null,
});

/** What the console says of a script without a draft. */
const atRest = ({ retired }: Pick<Standing, 'retired'>): ScriptStatus => (retired ? 'retired' : 'published');

function published({ draft }: Standing): Decision {
  if (draft === null) return refuse('wrong_state');
  return becomes({ publishedVersion: draft.version, retired: false, draft: null }, 'published', draft.version);
}

/** What somebody writes for their own use alone is read by nobody else before it is used, in the console as in the sidebar. */
export const needsFourEyes = (fourEyes: boolean, audience: ScriptAudience, by: string): boolean =>
  fourEyes && !(audience.kind === 'personal' && audience.ownerUserId === by);

/**
 * draft → review → published → retired. What guides see changes with `approve`, `publish` and `retire` only. With four eyes, nobody passes a
 * draft of which they wrote a word.
 */
export function decideStep(standing: Standing, { step, by, fourEyes }: Asked): Decision {
  const { draft, publishedVersion, retired } = standing;
  switch (step) {
    case 'save': {
      // Whoever reviews must know that what they read is what will be published.
      if (draft?.inReview) return refuse('wrong_state');
      const version = draft?.version ?? (publishedVersion ?? 0) + 1;
      const writers = [...new Set([...(draft?.writers ?? []), by])];
      return becomes({ ...standing, draft: { version, inReview: false, writers } }, 'draft');
    }
    case 'submit':
      if (draft === null || draft.inReview) return refuse('wrong_state');
      return becomes({ ...standing, draft: { ...draft, inReview: true } }, 'review');
    case 'approve':
      if (!draft?.inReview) return refuse('wrong_state');
      return fourEyes && draft.writers.includes(by) ? refuse('own_review') : published(standing);
    case 'reject':
    case 'withdraw':
      if (!draft?.inReview) return refuse('wrong_state');
      return becomes({ ...standing, draft: { ...draft, inReview: false } }, 'draft');
    case 'publish':
      if (draft === null || draft.inReview) return refuse('wrong_state');
      return fourEyes ? refuse('needs_review') : published(standing);
    case 'retire':
      // Taken down before and written anew since, it can be laid aside again.
      if (publishedVersion === null || (retired && standing.status === 'retired')) return refuse('wrong_state');
      // A draft stays, so that what is being written is not lost; it is no longer before a reviewer.
      return becomes({ ...standing, retired: true, draft: draft && { ...draft, inReview: false } }, 'retired');
    case 'discard':
      if (draft === null || draft.inReview) return refuse('wrong_state');
      return becomes({ ...standing, draft: null }, atRest(standing));
  }
}

/** Whether guides whom it concerns can send it, dates aside. */
export const isOnShelf = ({ publishedVersion, retired }: Standing): boolean => publishedVersion !== null && !retired;
