import type { AuditFilter } from '@nextline/contract';
import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';

const fields = ['who', 'what', 'subject', 'from', 'until'] as const;

/** The filter lives in the address, so that a look at the log can be sent to somebody. */
export function useAuditFilter() {
  const route = useRoute();
  const router = useRouter();
  const filter = computed((): AuditFilter => {
    const given = fields.flatMap((field) => {
      const value = route.query[field];
      return typeof value === 'string' && value !== '' ? [[field, value] as const] : [];
    });
    return Object.fromEntries(given);
  });
  return {
    filter,
    /** An empty text takes the condition away. */
    change(change: Partial<Record<(typeof fields)[number], string>>): void {
      const next = Object.entries({ ...filter.value, ...change }).filter(([, value]) => value !== '');
      void router.replace({ query: Object.fromEntries(next) });
    },
    clear: () => void router.replace({ query: {} }),
  };
}
