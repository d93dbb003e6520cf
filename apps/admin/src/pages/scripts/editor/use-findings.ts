import type { ScriptContent, ScriptFinding } from '@nextline/contract';
import { computed, onScopeDispose, type Ref, shallowRef, watch } from 'vue';
import { ApiFailure } from '../../../api-failure.ts';
import { api } from '../../../api.ts';
import { liveFindings } from './findings.ts';

const pauseMs = 300;

/** The findings of what is on the screen: asked while somebody types, before anything is saved, and moved along with the text until the next answer. */
export function useFindings(content: Ref<ScriptContent | null>) {
  const answered = shallowRef<{ findings: ScriptFinding[]; checked: ScriptContent } | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | null = null;

  async function check(checked: ScriptContent) {
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    try {
      const { findings } = await api('POST /api/admin/scripts/check', { body: { content: checked }, signal: mine.signal });
      answered.value = { findings, checked };
    } catch (error) {
      // The save says what is wrong with the connection; the findings that are there stay.
      if (!mine.signal.aborted && !(error instanceof ApiFailure)) throw error;
    }
  }

  watch(content, (now) => {
    clearTimeout(timer);
    if (now && now !== answered.value?.checked) timer = setTimeout(() => void check(now), pauseMs);
  });
  onScopeDispose(() => {
    clearTimeout(timer);
    asking?.abort();
  });

  return {
    findings: computed(() =>
      content.value && answered.value ? liveFindings(answered.value.findings, answered.value.checked, content.value) : [],
    ),
    take(findings: ScriptFinding[], checked: ScriptContent): void {
      answered.value = { findings, checked };
    },
  };
}
