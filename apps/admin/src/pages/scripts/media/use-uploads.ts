import type { MediaRow } from '@nextline/contract';
import { onScopeDispose, ref } from 'vue';
import { ApiFailure } from '../../../api-failure.ts';
import { useWords } from '../../../i18n/words.ts';
import { upload } from '../../../upload.ts';
import { words } from './words.ts';

export type Upload = { id: number; file: File; share: number; refusal: string | null; abort: AbortController };

/** What the server takes of any kind: more is not sent at all, or the connection would be cut before anybody could say why. */
const mostBytes = 20 * 1024 * 1024;

/** Files on their way to the server, one after another: a phone's video must not keep a small picture from being seen to move. */
export function useUploads(onStored: (row: MediaRow) => void) {
  const t = useWords(words);
  const uploads = ref<Upload[]>([]);
  let nextId = 1;
  let chain: Promise<void> = Promise.resolve();
  onScopeDispose(() => uploads.value.forEach(({ abort }) => abort.abort()));

  const find = (id: number) => uploads.value.find((one) => one.id === id);
  const drop = (id: number) => (uploads.value = uploads.value.filter((one) => one.id !== id));

  async function send(id: number) {
    const one = find(id);
    if (!one) return;
    one.refusal = one.file.size > mostBytes ? t('tooLarge') : null;
    if (one.refusal !== null) return;
    try {
      const row = await upload('POST /api/admin/media', {
        file: one.file,
        onProgress: (share) => {
          const now = find(id);
          if (now) now.share = share;
        },
        signal: one.abort.signal,
      });
      drop(id);
      onStored(row);
    } catch (error) {
      const now = find(id);
      if (error instanceof ApiFailure && now) now.refusal = error.message;
      else if (now && !one.abort.signal.aborted) throw error;
    }
  }
  const queue = (id: number) => (chain = chain.then(() => send(id)));

  return {
    uploads,
    add(files: Iterable<File>): void {
      for (const file of files) {
        const id = nextId;
        nextId += 1;
        uploads.value.push({ id, file, share: 0, refusal: null, abort: new AbortController() });
        void queue(id);
      }
    },
    retry: (id: number) => void queue(id),
    leave(id: number): void {
      find(id)?.abort.abort();
      drop(id);
    },
  };
}
