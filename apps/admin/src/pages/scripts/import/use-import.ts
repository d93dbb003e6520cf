import type { ScriptImport } from '@nextline/contract';
import { useQueryCache } from '@pinia/colada';
import { onScopeDispose, ref, shallowRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { ApiFailure } from '../../../api-failure.ts';
import { api } from '../../../api.ts';
import { upload } from '../../../upload.ts';
import { uuidv7 } from '../uuid.ts';
import { importToShow, isRunning } from './import-progress.ts';

const askEveryMs = 700;

/** One import from the file to the last row. The server does the work; this page only looks on, so a reload finds it again. */
export function useImport() {
  const route = useRoute();
  const router = useRouter();
  const cache = useQueryCache();
  const current = shallowRef<ScriptImport | null>(null);
  const recent = shallowRef<ScriptImport[]>([]);
  const sent = ref<number | null>(null);
  const refusal = ref<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => clearTimeout(timer));

  function show(next: ScriptImport | null) {
    clearTimeout(timer);
    const before = current.value;
    current.value = next;
    if ((next?.importId ?? null) !== (route.query['import'] ?? null)) void router.replace({ query: next ? { import: next.importId } : {} });
    if (next && isRunning(next)) timer = setTimeout(() => void look(next.importId), askEveryMs);
    if (next?.state === 'done' && before?.state === 'applying') void cache.invalidateQueries({ key: ['scripts'] });
  }

  async function attempt(ask: () => Promise<ScriptImport>): Promise<void> {
    try {
      refusal.value = null;
      show(await ask());
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      refusal.value = error.message;
      // The work goes on without us; the connection may come back.
      if (current.value && isRunning(current.value))
        timer = setTimeout(() => current.value && void look(current.value.importId), askEveryMs * 4);
    }
  }
  const look = (importId: string) => attempt(() => api('GET /api/admin/script-imports/:importId', { params: { importId } }));

  async function readRecent(): Promise<ScriptImport[]> {
    const { imports } = await api('GET /api/admin/script-imports');
    recent.value = imports;
    return imports;
  }

  return {
    current,
    recent,
    sent,
    refusal,
    show,
    async open(): Promise<void> {
      try {
        const imports = await readRecent();
        // Whoever was quicker than this answer has begun another one.
        if (current.value || sent.value !== null) return;
        const shown = typeof route.query['import'] === 'string' ? route.query['import'] : null;
        show(importToShow(imports, shown));
      } catch (error) {
        if (!(error instanceof ApiFailure)) throw error;
        refusal.value = error.message;
      }
    },
    /** For another table; the one that was just looked at is among the recent ones. */
    startOver(): void {
      refusal.value = null;
      show(null);
      // As they were will do.
      readRecent().catch(() => undefined);
    },
    async begin(file: File, mode: ScriptImport['mode']): Promise<void> {
      sent.value = 0;
      await attempt(() =>
        upload('POST /api/admin/script-imports', {
          file,
          fields: { importId: uuidv7(), mode },
          onProgress: (share) => (sent.value = share),
        }),
      );
      sent.value = null;
    },
    apply: (importId: string) => attempt(() => api('POST /api/admin/script-imports/:importId/apply', { params: { importId } })),
  };
}
