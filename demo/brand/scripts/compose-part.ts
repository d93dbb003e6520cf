import type { Part } from '@nextline/contract';
import type { BrandFiles } from '../art/store-files.ts';
import { miniProgramId, type PartDraft } from './draft.ts';

/** A part as the library keeps it: with the stored files in place of their names. */
export function composePart(draft: PartDraft, files: BrandFiles): Part {
  switch (draft.kind) {
    case 'text':
      return draft;
    case 'image':
      return { kind: 'image', media: files.pictures[draft.picture] };
    case 'video':
      return { kind: 'video', media: files.films[draft.film] };
    case 'file':
      return { kind: 'file', media: files.papers[draft.paper] };
    case 'link': {
      const { kind, title, description, path, cover } = draft;
      return { kind, title, description, url: `https://suheng.example/${path}`, cover: cover === null ? null : files.pictures[cover] };
    }
    case 'miniprogram': {
      const { kind, title, page, cover } = draft;
      return { kind, title, appId: miniProgramId, page, cover: files.pictures[cover] };
    }
  }
}
