import { uuidv7 } from './uuid.ts';

/** The page that writes a new script. Its id is in the address from the beginning, so that a reload finds what was typed. */
export function newScriptAddress(folderId: string | null, wanted?: string) {
  return {
    path: `/scripts/${uuidv7()}`,
    query: { new: '1', ...(folderId === null ? {} : { folder: folderId }), ...(wanted === undefined ? {} : { wanted }) },
  };
}
