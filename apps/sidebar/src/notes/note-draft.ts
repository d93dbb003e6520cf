/** What a guide has typed and not stored yet. `tried`: the server may already hold it under this id. */
export type NoteDraft = { noteId: string; text: string; tried: boolean };

export const longestNote = 4000;

/**
 * The text changed. A note that was already tried gets a new id when its words change: the server keeps what it first saw under an id, and a note
 * that is there twice is better than an edit that is lost.
 */
export function typed(draft: NoteDraft, text: string, newId: () => string): NoteDraft {
  const edited = draft.tried && text !== draft.text;
  return { noteId: edited ? newId() : draft.noteId, text, tried: draft.tried && !edited };
}

/** It is on its way: a second try must carry the same id. */
export function tried(draft: NoteDraft): NoteDraft {
  return { ...draft, tried: true };
}

/** After a note was stored: empties the draft, unless its words changed meanwhile. */
export function stored(draft: NoteDraft, noteId: string, newId: () => string): NoteDraft {
  return draft.noteId === noteId ? { noteId: newId(), text: '', tried: false } : draft;
}

export function writable({ text }: NoteDraft): boolean {
  return text.trim() !== '' && text.length <= longestNote;
}
