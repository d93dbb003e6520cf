import { computed, ref } from 'vue';
import { ApiFailure } from '../api-failure.ts';
import { locale } from '../i18n/locale.ts';

type Issue = { path: string; message: string };

function issuesOf(error: ApiFailure): Issue[] {
  const { issues } = error.details;
  if (!Array.isArray(issues)) return [];
  return issues.flatMap((issue: Partial<Record<string, unknown>>) =>
    typeof issue['path'] === 'string' && typeof issue['message'] === 'string' ? [{ path: issue['path'], message: issue['message'] }] : [],
  );
}

/**
 * What the server found wrong with a form. `take(error)` in the catch of a save; `of('title')` is the sentence beside that field; `rest` is what belongs to no field
 * that was asked for by `of`, and is shown above the buttons. Nothing that was typed is touched.
 */
export function useFieldErrors() {
  const issues = ref<Issue[]>([]);
  const sentence = ref<string | null>(null);
  const asked = new Set<string>();

  return {
    take(error: unknown): void {
      if (!(error instanceof ApiFailure)) throw error;
      issues.value = issuesOf(error);
      sentence.value = error.message;
    },
    clear(): void {
      issues.value = [];
      sentence.value = null;
    },
    /** A path of the body: `title`, `parts.1.page`. The server puts `body.` before it. */
    of(path: string): string | null {
      asked.add(path);
      return issues.value.find((issue) => issue.path.replace(/^body\./, '') === path)?.message ?? null;
    },
    rest: computed(() => {
      const elsewhere = issues.value.filter((issue) => !asked.has(issue.path.replace(/^body\./, '')));
      if (elsewhere.length > 0) return elsewhere.map(({ message }) => message).join(locale.value === 'en' ? ' ' : '；');
      return issues.value.length > 0 ? null : sentence.value;
    }),
  };
}
