import { computed, ref, shallowReactive, watch } from 'vue';
import { api, ApiFailure } from '../api.ts';
import { jsonStore } from '../page-storage.ts';
import { uuidv7 } from '../uuid.ts';
import { longestNote, stored, tried, typed, writable, type NoteDraft } from './note-draft.ts';

/** The same words wherever on the page she is written about. */
const drafts = shallowReactive(new Map<string, NoteDraft>());

const empty = (): NoteDraft => ({ noteId: uuidv7(), text: '', tried: false });
const kept = (id: string) => jsonStore<NoteDraft>(`nextline-note:${id}`, empty(), sessionStorage);
const draftOf = (id: string) => drafts.get(id) ?? kept(id).read();

function keep(id: string, changed: NoteDraft): void {
  drafts.set(id, changed);
  kept(id).write(changed);
}

/** What is being written about a customer. It stays with her until it is stored, through failures, other chats and reloads. */
export function useNote(customerId: () => string) {
  const draft = computed(() => draftOf(customerId()));
  const state = ref<'idle' | 'storing' | 'failed'>('idle');
  const failure = ref('');
  watch(customerId, () => (state.value = 'idle'));

  /** Whether it is stored now. */
  async function store(): Promise<boolean> {
    if (!writable(draft.value) || state.value === 'storing') return false;
    const id = customerId();
    const { noteId, text } = draft.value;
    keep(id, tried(draft.value));
    state.value = 'storing';
    const settle = (how: 'idle' | 'failed') => {
      if (id === customerId()) state.value = how;
    };
    try {
      await api('POST /api/sidebar/customers/:externalUserId/notes', {
        params: { externalUserId: id },
        body: { noteId, text: text.trim() },
      });
      keep(id, stored(draftOf(id), noteId, uuidv7));
      settle('idle');
      return true;
    } catch (error) {
      failure.value = `${error instanceof ApiFailure && error.status !== 0 ? error.message : '网络断了。'}没存上，写的还在。`;
      settle('failed');
      return false;
    }
  }

  return {
    draft,
    state,
    /** Why it could not be stored, in one sentence. */
    failure,
    tooLong: computed(() => Math.max(0, draft.value.text.length - longestNote)),
    write: (text: string) => keep(customerId(), typed(draft.value, text, uuidv7)),
    store,
  };
}
