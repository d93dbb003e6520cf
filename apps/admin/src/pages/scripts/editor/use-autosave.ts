import type { ScriptContent, ScriptForEditing } from '@nextline/contract';
import { computed, onScopeDispose, shallowRef } from 'vue';
import { ApiFailure } from '../../../api-failure.ts';
import { api } from '../../../api.ts';
import { type Autosave, type AutosaveEvent, decideSave, isStored, openAutosave, type Theirs } from './autosave.ts';
import { keepDraft, keptDraft, reopen } from './kept-draft.ts';

/** Feeds `autosave.ts`: keeps its timer, sends what it says, and keeps what is not stored in this browser until it is. */
export function useAutosave(scriptId: string, onAnswer: (script: ScriptForEditing) => void) {
  const state = shallowRef<Autosave | null>(null);
  const waiting: (() => void)[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function dispatch(event: AutosaveEvent) {
    if (!state.value) return;
    const decision = decideSave(state.value, event, Date.now());
    state.value = decision.state;
    const { content, revision, dueAt, phase } = decision.state;
    // Before the first save there is nothing at the server to compare with: an untouched new script is not worth keeping.
    const worthKeeping = !isStored(decision.state) && (revision !== null || event.kind !== 'due');
    keepDraft(localStorage, scriptId, worthKeeping ? { revision, content } : null);
    clearTimeout(timer);
    if (dueAt !== null) timer = setTimeout(() => dispatch({ kind: 'due' }), Math.max(0, dueAt - Date.now()));
    if (decision.send) void send(decision.send);
    else if (!decision.state.sending && phase !== 'typing') for (const done of waiting.splice(0)) done();
  }

  async function send({ revision, content }: { revision: number | null; content: ScriptContent }) {
    try {
      const answer =
        revision === null
          ? await api('POST /api/admin/scripts', { body: { scriptId, content } })
          : await api('PUT /api/admin/scripts/:scriptId/draft', { params: { scriptId }, body: { revision, content } });
      onAnswer(answer);
      const { savedAt, savedBy } = answer;
      // A first save that is repeated is answered with what the first one stored.
      dispatch({ kind: 'saved', revision: answer.revision, content: revision === null ? answer.content : content, savedAt, savedBy });
    } catch (error) {
      dispatch(eventOf(error));
    }
  }

  const goOn = () => dispatch({ kind: 'saveNow' });
  addEventListener('online', goOn);
  onScopeDispose(() => {
    clearTimeout(timer);
    removeEventListener('online', goOn);
    // The last words are sent; should that fail, this browser has them.
    if (state.value?.phase === 'typing') goOn();
    clearTimeout(timer);
  });

  return {
    state,
    content: computed(() => state.value?.content ?? null),
    /** Opens on what the server has, or on `blank` for a new script, and on what this browser kept of an earlier visit. */
    open(stored: ScriptForEditing | null, blank: ScriptContent): void {
      const kept = keptDraft(localStorage, scriptId);
      state.value = openAutosave(stored, blank);
      const how = reopen(kept, stored);
      if (how === 'forget' || !kept) keepDraft(localStorage, scriptId, null);
      else if (how === 'ask' && stored) {
        dispatch({ kind: 'typed', content: kept.content });
        dispatch({ kind: 'changedMeanwhile', theirs: stored });
      } else dispatch({ kind: 'typed', content: kept.content });
    },
    /** What a step of the server made of it. */
    adopt(script: ScriptForEditing): void {
      clearTimeout(timer);
      state.value = openAutosave(script, script.content);
      keepDraft(localStorage, scriptId, null);
    },
    type: (content: ScriptContent) => dispatch({ kind: 'typed', content }),
    keepMine: () => dispatch({ kind: 'keepMine' }),
    takeTheirs: () => dispatch({ kind: 'takeTheirs' }),
    saveNow: goOn,
    forget: () => {
      clearTimeout(timer);
      state.value = null;
      keepDraft(localStorage, scriptId, null);
    },
    /** Saves what is not saved yet; true once the server has all of it, false when it could not be stored. */
    async settled(): Promise<boolean> {
      if (state.value && !isStored(state.value)) {
        const answered = new Promise<void>((done) => waiting.push(done));
        if (!state.value.sending) goOn();
        await answered;
      }
      return state.value !== null && isStored(state.value);
    },
  };
}

function eventOf(error: unknown): AutosaveEvent {
  if (!(error instanceof ApiFailure)) throw error;
  const theirs = error.code === 'script.changed_meanwhile' ? theirsOf(error.details) : null;
  if (theirs) return { kind: 'changedMeanwhile', theirs };
  return error.status === 0 || error.status >= 500 || error.status === 429
    ? { kind: 'unreachable' }
    : { kind: 'refused', sentence: error.message };
}

/** The contract fixes what this refusal carries. */
type Meanwhile = Partial<Theirs>;
function theirsOf(details: Meanwhile): Theirs | null {
  const { revision, content, savedBy = null, savedAt = '' } = details;
  return revision === undefined || content === undefined ? null : { revision, content, savedBy, savedAt };
}
