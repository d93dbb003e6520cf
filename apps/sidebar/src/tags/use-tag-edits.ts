import type { Panel, Tag, TagCatalogue, TagGroup } from '@nextline/contract';
import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import { api } from '../api.ts';
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
  const { externalUserId } = panel.customer;
  const edits = shallowRef<TagEdits>(startEdits(panel.follow.tagIds, panel.follow.pendingTagIds));
  const lastTapped = ref<string | null>(null);
  let closed = false;
  onScopeDispose(() => (closed = true));

  const everyTag = computed(
    () => new Map(catalogue()?.groups.flatMap((group) => group.tags.map((tag): [string, Tag] => [tag.tagId, tag]))),
  );
  const nameOf = (tagId: string) => everyTag.value.get(tagId)?.name ?? panel.tags.find((tag) => tag.tagId === tagId)?.name ?? '';

  /** Draws the change on the strip too, at once. */
  function show(): void {
    const tagIds = [...chosenTags(edits.value)];
    const pendingTagIds = tagIds.filter((tagId) => lookOf(edits.value, tagId) === 'saving');
    current.patch(externalUserId, (known) => ({
      ...known,
      follow: { ...known.follow, tagIds, pendingTagIds },
      tags: tagIds.map((tagId) => ({ tagId, name: nameOf(tagId) })),
    }));
  }

  async function save(): Promise<void> {
    for (let body = nextChange(edits.value); body; body = nextChange(edits.value)) {
      edits.value = changeBegan(edits.value, body);
      try {
        const reply = await api('PUT /api/sidebar/customers/:externalUserId/tags', { params: { externalUserId }, body });
        edits.value = changeStored(edits.value, reply.tagIds, reply.pendingTagIds);
      } catch {
        edits.value = changeRefused(edits.value, body);
        if (closed) tell([...body.add, ...body.remove]);
      }
      show();
    }
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
    count: computed(() => chosenTags(edits.value).size),
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
      if (failed) return `「${nameOf(failed[0])}」没存上，点一下重试。`;
      const unfinished = [...edits.value.edits].filter(([, edit]) => edit.state !== 'failed');
      const saving = unfinished[unfinished.length - 1];
      if (saving) return `「${nameOf(saving[0])}」正在同步到企业微信`;
      const [pending] = edits.value.pending;
      if (pending) return `「${nameOf(pending)}」已存下，企业微信一有空就补上`;
      return lastTapped.value ? '已同步到企业微信' : '改动会同步到企业微信';
    }),
  };
}
