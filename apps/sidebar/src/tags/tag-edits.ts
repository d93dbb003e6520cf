import type { ChangeTagsBody, TagGroup } from '@nextline/contract';

type Edit = { want: boolean; state: 'queued' | 'saving' | 'failed' };

/** What the server last said, and what the guide has tapped since. */
export type TagEdits = {
  known: ReadonlySet<string>;
  edits: ReadonlyMap<string, Edit>;
  /** Stored here, not yet acknowledged by WeCom. */
  pending: ReadonlySet<string>;
  /** The last tap, to be taken back. */
  last: ChangeTagsBody | null;
};

export type TagLook = 'off' | 'on' | 'saving' | 'failed';

export function startEdits(tagIds: readonly string[], pendingTagIds: readonly string[]): TagEdits {
  return { known: new Set(tagIds), edits: new Map(), pending: new Set(pendingTagIds), last: null };
}

/** How a chip looks: chosen at once, with a dot until WeCom has it; a failure stays on its chip. */
export function lookOf({ known, edits, pending }: TagEdits, tagId: string): TagLook {
  const edit = edits.get(tagId);
  if (edit?.state === 'failed') return 'failed';
  if (!(edit?.want ?? known.has(tagId))) return 'off';
  return edit || pending.has(tagId) ? 'saving' : 'on';
}

/** Every tag that counts as chosen now, confirmed or not. */
export function chosenTags({ known, edits }: TagEdits): Set<string> {
  const chosen = new Set(known);
  for (const [tagId, edit] of edits) {
    if (edit.state === 'failed') continue;
    if (edit.want) chosen.add(tagId);
    else chosen.delete(tagId);
  }
  return chosen;
}

/** A tap on a chip. In a single-choice group the others leave; a tap on a failed chip tries the same again. */
export function tapTag(state: TagEdits, tagId: string, group: Pick<TagGroup, 'singleChoice' | 'tags'>): TagEdits {
  const failed = state.edits.get(tagId);
  const chosen = chosenTags(state);
  const want = failed?.state === 'failed' ? failed.want : !chosen.has(tagId);
  const others =
    want && group.singleChoice ? group.tags.filter((tag) => tag.tagId !== tagId && chosen.has(tag.tagId)).map((tag) => tag.tagId) : [];
  return change(state, { add: want ? [tagId] : [], remove: want ? others : [tagId] });
}

/** 撤销: the last tap, backwards. */
export function undoLast(state: TagEdits): TagEdits {
  if (!state.last) return state;
  const undone = change(state, { add: state.last.remove, remove: state.last.add });
  return { ...undone, last: null };
}

/** What to ask of the server next; null while a request is under way (two at once could arrive in either order) or nothing is left. */
export function nextChange({ edits }: TagEdits): ChangeTagsBody | null {
  const all = [...edits];
  if (all.some(([, edit]) => edit.state === 'saving')) return null;
  const queued = all.filter(([, edit]) => edit.state === 'queued');
  if (queued.length === 0) return null;
  return {
    add: queued.filter(([, edit]) => edit.want).map(([tagId]) => tagId),
    remove: queued.filter(([, edit]) => !edit.want).map(([tagId]) => tagId),
  };
}

export function changeBegan(state: TagEdits, body: ChangeTagsBody): TagEdits {
  return mark(state, body, 'saving');
}

/** The server's answer is the truth for what was asked; taps made meanwhile stay. */
export function changeStored(state: TagEdits, tagIds: readonly string[], pendingTagIds: readonly string[]): TagEdits {
  const known = new Set(tagIds);
  const edits = new Map(
    [...state.edits].filter(([tagId, edit]) => edit.state !== 'saving' && (edit.state === 'failed' || edit.want !== known.has(tagId))),
  );
  return { ...state, known, edits, pending: new Set(pendingTagIds) };
}

/** Those that could not be saved, once more. */
export function tryAgain(state: TagEdits): TagEdits {
  const edits = [...state.edits].map(([tagId, edit]): [string, Edit] => [
    tagId,
    edit.state === 'failed' ? { ...edit, state: 'queued' } : edit,
  ]);
  return { ...state, edits: new Map(edits) };
}

export function changeRefused(state: TagEdits, body: ChangeTagsBody): TagEdits {
  return mark(state, body, 'failed');
}

function change(state: TagEdits, { add, remove }: ChangeTagsBody): TagEdits {
  const edits = new Map(state.edits);
  for (const tagId of add) edits.set(tagId, { want: true, state: 'queued' });
  for (const tagId of remove) edits.set(tagId, { want: false, state: 'queued' });
  return { ...state, edits, last: { add, remove } };
}

/** Only what the request was about, and only if it was not tapped again since. */
function mark(state: TagEdits, { add, remove }: ChangeTagsBody, to: Edit['state']): TagEdits {
  const edits = new Map(state.edits);
  for (const tagId of [...add, ...remove]) {
    const edit = edits.get(tagId);
    const from = to === 'saving' ? 'queued' : 'saving';
    if (edit?.state === from && edit.want === add.includes(tagId)) edits.set(tagId, { ...edit, state: to });
  }
  return { ...state, edits };
}
