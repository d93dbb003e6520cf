import type { Script } from '@nextline/contract';
import { shallowRef } from 'vue';
import { showToast } from '../../toast.ts';
import { useLibrary } from './library.ts';
import { useMyLibrary } from './my-library.ts';
import { type OwnDraft, removeOwn, writeOwn } from './own-script.ts';
import type { Row } from './script-search.ts';

/** A guide's own scripts as the panel handles them: the sheet that writes one, and a deletion that can be taken back. */
export function useOwnScripts() {
  const store = useLibrary();
  const my = useMyLibrary();
  /** Open while one of her own is written: `script` is null for a new one. */
  const writing = shallowRef<{ script: Script | null } | null>(null);

  async function bringBack(own: OwnDraft, shared: boolean): Promise<void> {
    const { refusal } = await writeOwn(own);
    if (refusal !== null) return showToast(refusal);
    await store.refresh();
    if (shared) await my.setShared(own.scriptId, true);
  }

  return {
    writing,
    write: (script: Script | null) => (writing.value = { script }),
    async remove({ script: { scriptId, title, parts, purpose } }: Row): Promise<void> {
      const shared = my.mine.shared.includes(scriptId);
      const refusal = await removeOwn(scriptId);
      if (refusal !== null) return showToast(refusal);
      await store.refresh();
      const text = parts[0]?.kind === 'text' ? parts[0].text : '';
      showToast(`「${title}」删了。`, { label: '撤销', run: () => void bringBack({ scriptId, title, text, purpose }, shared) });
    },
  };
}
