import type { ScriptFolder } from '@nextline/contract';
import { computed, ref, type Ref } from 'vue';
import { ApiFailure } from '../../../api-failure.ts';
import { api } from '../../../api.ts';
import { confirm } from '../../../confirm/confirm.ts';
import { useWords } from '../../../i18n/words.ts';
import { showToast } from '../../../toast/toast.ts';
import { uuidv7 } from '../uuid.ts';
import { words as scriptWords } from '../words.ts';
import { afterMove, type FolderMove, nudgeFolder } from './folder-order.ts';
import { words } from './words.ts';

/** Making, naming, ordering and deleting folders. A move is drawn at once; when it is refused, the folders stand as they stood. */
export function useFolders(stored: Ref<readonly ScriptFolder[]>, reload: () => unknown) {
  const t = useWords(words);
  const s = useWords(scriptWords);
  const ahead = ref<readonly ScriptFolder[] | null>(null);
  const nameError = ref<string | null>(null);
  const folders = computed(() => ahead.value ?? stored.value);

  async function attempt(change: () => Promise<unknown>): Promise<string | null> {
    try {
      await change();
      await reload();
      return null;
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      // Refused because somebody else has changed them, or changed half way: shown as they stand.
      void Promise.resolve(reload()).catch(() => undefined);
      return error.message;
    } finally {
      ahead.value = null;
    }
  }

  async function naming(change: () => Promise<unknown>): Promise<boolean> {
    nameError.value = await attempt(change);
    return nameError.value === null;
  }

  async function move(folder: ScriptFolder, to: FolderMove | null): Promise<void> {
    if (!to) return;
    const { parentId, folderIds, changesParent } = to;
    ahead.value = afterMove(folders.value, folder.folderId, to);
    const refusal = await attempt(async () => {
      if (changesParent)
        await api('PUT /api/admin/script-folders/:folderId', { params: { folderId: folder.folderId }, body: { parentId } });
      await api('PUT /api/admin/script-folders/order', { body: { parentId, folderIds } });
    });
    if (refusal) showToast(refusal);
  }

  return {
    folders,
    nameError,
    create: (name: string, parentId: string | null) =>
      naming(() => api('POST /api/admin/script-folders', { body: { folderId: uuidv7(), name, parentId } })),
    rename: ({ folderId }: ScriptFolder, name: string) =>
      naming(() => api('PUT /api/admin/script-folders/:folderId', { params: { folderId }, body: { name } })),
    move,
    nudge: (folder: ScriptFolder, direction: 'up' | 'down') => move(folder, nudgeFolder(folders.value, folder.folderId, direction)),
    async remove({ folderId, name }: ScriptFolder): Promise<boolean> {
      if (!(await confirm({ title: t('deleteFolder', { name }), text: t('deleteFolderText'), verb: s('delete'), danger: true })))
        return false;
      const refusal = await attempt(() => api('DELETE /api/admin/script-folders/:folderId', { params: { folderId } }));
      if (refusal) showToast(refusal);
      return refusal === null;
    },
  };
}
