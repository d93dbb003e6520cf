/**
 * When the editor saves, and what it says about it. Pure: the page feeds events in, sends what comes out, keeps the timer for `dueAt`.
 * One save is on its way at a time; what is typed meanwhile goes with the next one, so revisions never race each other.
 */
import type { ScriptContent } from '@nextline/contract';
import { sameContent } from './empty-content.ts';

/** Another person's save that came in between. */
export type Theirs = { revision: number; content: ScriptContent; savedBy: string | null; savedAt: string };

export type Autosave = {
  /** What the server's copy is called; null: it has none yet, the next save makes it. */
  revision: number | null;
  stored: ScriptContent | null;
  /** What is on the screen. */
  content: ScriptContent;
  sending: ScriptContent | null;
  /** Sent, and no answer came: the server may have it all the same. */
  unanswered: ScriptContent | null;
  phase: 'saved' | 'typing' | 'saving' | 'conflict' | 'offline' | 'refused';
  savedAt: string | null;
  savedBy: string | null;
  /** Milliseconds; when to come back with `due`. */
  dueAt: number | null;
  typingSince: number | null;
  failures: number;
  theirs: Theirs | null;
  /** Why the server does not take it, in its words. */
  refusal: string | null;
};

export type AutosaveEvent =
  | { kind: 'typed'; content: ScriptContent }
  | { kind: 'due' }
  /** Ctrl-S, leaving the page, a step that needs all of it stored, a connection that is back. */
  | { kind: 'saveNow' }
  /** `content`: what the server now has. */
  | { kind: 'saved'; revision: number; content: ScriptContent; savedAt: string; savedBy: string | null }
  | { kind: 'unreachable' }
  | { kind: 'refused'; sentence: string }
  | { kind: 'changedMeanwhile'; theirs: Theirs }
  | { kind: 'keepMine' }
  | { kind: 'takeTheirs' };

export type Decision = { state: Autosave; send: { revision: number | null; content: ScriptContent } | null };

/** Saved this long after the last key, */
const pauseMs = 800;
/** and at the latest this long after the first. */
const patienceMs = 5_000;
const firstRetryMs = 2_000;
const lastRetryMs = 30_000;

type Stored = { revision: number; content: ScriptContent; savedAt: string; savedBy: string | null };

/** An editor whose content is what the server has; `stored` null: a script that nobody saved yet. */
export function openAutosave(stored: Stored | null, content: ScriptContent): Autosave {
  return {
    revision: stored?.revision ?? null,
    stored: stored?.content ?? null,
    content: stored?.content ?? content,
    sending: null,
    unanswered: null,
    phase: 'saved',
    savedAt: stored?.savedAt ?? null,
    savedBy: stored?.savedBy ?? null,
    dueAt: null,
    typingSince: null,
    failures: 0,
    theirs: null,
    refusal: null,
  };
}

const stays = (state: Autosave): Decision => ({ state, send: null });

function send(state: Autosave, revision: number | null): Decision {
  const { content } = state;
  return {
    state: { ...state, phase: 'saving', sending: content, dueAt: null, typingSince: null, refusal: null, theirs: null },
    send: { revision, content },
  };
}

/** Everything typed is with the server. */
export function isStored(state: Autosave): boolean {
  return state.sending === null && state.stored !== null && sameContent(state.stored, state.content);
}

/** What to do after an event. `now` in milliseconds. */
export function decideSave(state: Autosave, event: AutosaveEvent, now: number): Decision {
  switch (event.kind) {
    case 'typed':
      return stays(typed(state, event.content, now));
    case 'due':
      return state.sending || state.phase === 'conflict' || state.dueAt === null || state.dueAt > now
        ? stays(state)
        : send(state, state.revision);
    case 'saveNow':
      return state.sending || state.phase === 'conflict' || isUntouched(state) ? stays(state) : send(state, state.revision);
    case 'saved':
      return stays(afterSave(state, event, now));
    case 'unreachable':
      return stays({
        ...state,
        phase: 'offline',
        sending: null,
        unanswered: state.sending,
        failures: state.failures + 1,
        dueAt: now + retryMs(state.failures),
      });
    case 'refused':
      // Saying it again would be refused again: it waits for a changed content.
      return stays({ ...state, phase: 'refused', sending: null, dueAt: null, refusal: event.sentence });
    case 'changedMeanwhile':
      if (sameContent(event.theirs.content, state.content)) return stays(openAutosave(event.theirs, state.content));
      // It was this page that saved in between; only the answer was lost.
      if (state.unanswered && sameContent(event.theirs.content, state.unanswered)) return stays(afterSave(state, event.theirs, now));
      return stays({ ...state, phase: 'conflict', sending: null, dueAt: null, theirs: event.theirs });
    case 'keepMine':
      return state.theirs ? send({ ...state, revision: state.theirs.revision }, state.theirs.revision) : stays(state);
    case 'takeTheirs':
      return stays(state.theirs ? openAutosave(state.theirs, state.content) : state);
  }
}

function isUntouched({ stored, content, revision }: Autosave): boolean {
  return revision !== null && stored !== null && sameContent(stored, content);
}

function typed(state: Autosave, content: ScriptContent, now: number): Autosave {
  const since = state.typingSince ?? now;
  const next = { ...state, content, typingSince: since };
  // The dialog stands before the text; whatever still arrives is kept and goes with what is chosen there.
  if (state.phase === 'conflict' || state.sending) return next;
  if (isUntouched(next)) return { ...next, phase: 'saved', dueAt: null, typingSince: null, refusal: null };
  const dueAt = Math.min(now + pauseMs, since + patienceMs);
  return { ...next, phase: state.phase === 'offline' ? 'offline' : 'typing', dueAt, refusal: null };
}

function afterSave(state: Autosave, { revision, content: stored, savedAt, savedBy }: Stored, now: number): Autosave {
  const next: Autosave = { ...state, revision, stored, sending: null, unanswered: null, savedAt, savedBy, failures: 0, refusal: null };
  if (sameContent(stored, state.content)) return { ...next, phase: 'saved', dueAt: null, typingSince: null };
  return { ...next, phase: 'typing', dueAt: now + pauseMs };
}

const retryMs = (failures: number) => Math.min(firstRetryMs * 2 ** failures, lastRetryMs);
