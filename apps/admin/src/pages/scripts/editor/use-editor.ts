import type { Part, ScriptContent, ScriptForEditing } from '@nextline/contract';
import { computed, ref, shallowRef } from 'vue';
import { ApiFailure } from '../../../api-failure.ts';
import { api } from '../../../api.ts';
import { useWords } from '../../../i18n/words.ts';
import { firstAudience } from '../settings/first-audience.ts';
import { words as settingWords } from '../settings/words.ts';
import { uuidv7 } from '../uuid.ts';
import { emptyContent } from './empty-content.ts';
import { type UnfinishedSetting, unfinishedFinding } from './findings.ts';
import { useAutosave } from './use-autosave.ts';
import { useFindings } from './use-findings.ts';
import { words } from './words.ts';

/** How a page for a script that does not exist yet was asked for. */
export type NewScript = { folderId: string | null; wanted: string | null };

/** One script on the screen: loaded, typed into, saved by itself, checked while it is written. */
export function useEditor(scriptId: string, asNew: NewScript | null) {
  const t = useWords(words);
  const s = useWords(settingWords);
  const script = shallowRef<ScriptForEditing | null>(null);
  const failure = shallowRef<unknown>(null);
  const loading = ref(true);
  const autosave = useAutosave(scriptId, (answer) => (script.value = answer));
  const { findings: checked, take } = useFindings(autosave.content);
  /** Nobody has written anything: what is missing is no mistake yet. */
  const untouched = computed(() => script.value === null && autosave.state.value?.phase === 'saved');

  const unfinished = ref<readonly UnfinishedSetting[]>([]);
  const ofPage = computed(() =>
    unfinished.value.map((field) => unfinishedFinding(field, s(field === 'audience' ? 'storeMissing' : 'dateMissing'))),
  );
  const findings = computed(() => [...ofPage.value, ...checked.value]);

  async function loadStored(): Promise<ScriptForEditing | null> {
    try {
      return await api('GET /api/admin/scripts/:scriptId', { params: { scriptId } });
    } catch (error) {
      if (asNew && error instanceof ApiFailure && error.status === 404) return null;
      throw error;
    }
  }

  async function folderForNew(): Promise<string> {
    const { folders } = await api('GET /api/admin/script-folders');
    const first = folders.find(({ folderId }) => folderId === asNew?.folderId) ?? folders[0];
    if (first) return first.folderId;
    const folderId = uuidv7();
    await api('POST /api/admin/script-folders', { body: { folderId, name: t('defaultFolder'), parentId: null } });
    return folderId;
  }

  async function load(): Promise<void> {
    loading.value = true;
    failure.value = null;
    try {
      const stored = await loadStored();
      script.value = stored;
      const blank = emptyContent(stored || !asNew ? '' : await folderForNew(), firstAudience());
      const wanted = asNew?.wanted;
      const begun = wanted ? { ...blank, title: wanted.slice(0, 100), keywords: [wanted.slice(0, 40)] } : blank;
      if (stored) take(stored.findings, stored.content);
      autosave.open(stored, begun);
    } catch (error) {
      failure.value = error;
    } finally {
      loading.value = false;
    }
  }

  const change = (next: Partial<ScriptContent>) => {
    if (autosave.content.value) autosave.type({ ...autosave.content.value, ...next });
  };

  return {
    script,
    failure,
    loading,
    load,
    autosave,
    findings: computed(() => (untouched.value ? ofPage.value : findings.value)),
    untouched,
    content: autosave.content,
    errors: computed(() => findings.value.filter(({ level }) => level === 'error')),
    change,
    changePart(at: number, part: Part): void {
      if (autosave.content.value) change({ parts: autosave.content.value.parts.with(at, part) });
    },
    setUnfinished(setting: UnfinishedSetting, is: boolean): void {
      unfinished.value = [...unfinished.value.filter((one) => one !== setting), ...(is ? [setting] : [])];
    },
    show(next: ScriptForEditing): void {
      script.value = next;
      take(next.findings, next.content);
      autosave.adopt(next);
    },
  };
}

export type Editor = ReturnType<typeof useEditor>;
