import type { Panel, Tag, TagCatalogue, TagGroup } from '@nextline/contract';
import { useQueryCache } from '@pinia/colada';
import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import { api, ApiFailure } from '../api.ts';
import { useCurrentCustomer } from '../customer/current-customer.ts';
import { showToast } from '../toast.ts';
import {
  changeBegan,
  changeRefused,
  changeStored,
  chosenTags,
  lookOf,
  nextChange,
  startEdits,
  tapTag,
  tryAgain,
  undoLast,
  type TagEdits,
} from './tag-edits.ts';

/** The tags of one customer while the sheet is open: each tap is drawn at once and saved behind it, one request after the other. */
export function useTagEdits(panel: Panel, catalogue: () => TagCatalogue | undefined) {
  const current = useCurrentCustomer();
  const cache = useQueryCache();
  const { externalUserId } = panel.customer;
  const edits = shallowRef<TagEdits>(startEdits(panel.follow.tagIds, panel.follow.pendingTagIds));
  const lastTapped = ref<string | null>(null);
  /** What the server said when it took a tag back; null when it was not reached. */
  const why = ref<string | null>(null);
  let closed = false;
  let stored = false;
  onScopeDispose(() => {
    closed = true;
    lookAgain();
  });

  const everyTag = computed(
    () => new Map(catalogue()?.groups.flatMap((group) => group.tags.map((tag): [string, Tag] => [tag.tagId, tag]))),
  );
  const nameOf = (tagId: string) => everyTag.value.get(tagId)?.name ?? panel.tags.find((tag) => tag.tagId === tagId)?.name ?? '';

  /** One that WeCom no longer names, or names to nobody, stays with her unseen. */
  const named = (tagIds: Iterable<string>) =>
    [...tagIds].map((tagId) => ({ tagId, name: nameOf(tagId) })).filter(({ name }) => name !== '');

  /** Draws the change on the strip too, at once. */
  function show(): void {
    const tagIds = [...chosenTags(edits.value)];
    const pendingTagIds = tagIds.filter((tagId) => lookOf(edits.value, tagId) === 'saving');
    current.patch(externalUserId, (known) => ({
      ...known,
      follow: { ...known.follow, tagIds, pendingTagIds },
      tags: named(tagIds),
    }));
  }

  async function save(): Promise<void> {
    for (let body = nextChange(edits.value); body; body = nextChange(edits.value)) {
      edits.value = changeBegan(edits.value, body);
      try {
        const reply = await api('PUT /api/sidebar/customers/:externalUserId/tags', { params: { externalUserId }, body });
        edits.value = changeStored(edits.value, reply.tagIds, reply.pendingTagIds);
        stored = true;
      } catch (error) {
        why.value = error instanceof ApiFailure && error.status > 0 && error.status < 500 ? error.message : null;
        edits.value = changeRefused(edits.value, body);
        if (closed) tell([...body.add, ...body.remove]);
      }
      show();
    }
    lookAgain();
  }

  /** What to say to her goes by her tags: asked again behind the closed sheet, when all of them have their answer. */
  function lookAgain(): void {
    if (!closed || !stored || [...edits.value.edits.values()].some(({ state }) => state !== 'failed')) return;
    stored = false;
    void cache.invalidateQueries({ key: ['panel', externalUserId] });
  }

  /** With the sheet its chip is gone, which would say it. */
  function tell(tagIds: readonly string[]): void {
    const which = `「${nameOf(tagIds[0] ?? '')}」${tagIds.length > 1 ? `等 ${tagIds.length} 个标签` : ''}`;
    const whose = current.externalUserId === externalUserId ? '' : `${panel.follow.remark || panel.customer.name}的`;
    showToast(`${whose}${which}没存上。`, {
      label: '重试',
      run() {
        edits.value = tryAgain(edits.value);
        void save();
      },
    });
  }

  function apply(next: TagEdits): void {
    edits.value = next;
    show();
    void save();
  }

  return {
    edits,
    count: computed(() => named(chosenTags(edits.value)).length),
    look: (tagId: string) => lookOf(edits.value, tagId),
    canUndo: computed(() => edits.value.last !== null),
    tap(tagId: string, group: TagGroup) {
      lastTapped.value = tagId;
      apply(tapTag(edits.value, tagId, group));
    },
    undo: () => apply(undoLast(edits.value)),
    /** The sentence at the foot: what is on its way, what failed, what is done. */
    sentence: computed(() => {
      const failed = [...edits.value.edits].find(([, edit]) => edit.state === 'failed');
      if (failed) return `「${nameOf(failed[0])}」没存上${why.value === null ? '，点一下重试。' : `。${why.value}`}`;
      const unfinished = [...edits.value.edits].filter(([, edit]) => edit.state !== 'failed');
      const saving = unfinished[unfinished.length - 1];
      if (saving) return `「${nameOf(saving[0])}」正在同步到企业微信`;
      const [pending] = edits.value.pending;
      if (pending) return `「${nameOf(pending)}」已存下，企业微信一有空就补上`;
      return lastTapped.value ? '已同步到企业微信' : '改动会同步到企业微信';
    }),
  };
}
