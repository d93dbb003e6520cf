import type { CustomerRow, Part, ScriptContent } from '@nextline/contract';
import { computed, onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue';
import { ApiFailure } from '../../../../api-failure.ts';
import { api } from '../../../../api.ts';
import { useBoot } from '../../../../boot.ts';
import { useWords } from '../../../../i18n/words.ts';
import { words } from '../words.ts';
import { fillParts, type Persona } from './personas.ts';

/** Whose phone it is: one of three made-up ones that the page fills by itself, or a real customer whom the server fills for. */
export type Whose = { kind: 'sample' | 'noOrders' | 'longName' } | { kind: 'customer'; externalUserId: string; name: string };

const pauseMs = 300;

export function usePreview(content: Ref<ScriptContent | null>) {
  const t = useWords(words);
  const whose = ref<Whose>({ kind: 'sample' });
  const answer = shallowRef<{ externalUserId: string; parts: Part[]; missing: string[]; guideName: string } | null>(null);
  const refusal = ref<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | null = null;

  const persona = computed((): Persona => {
    const { staff } = useBoot();
    const name = whose.value.kind === 'longName' ? t('longSample') : t('sampleCustomer');
    return {
      客户称呼: name,
      客户昵称: whose.value.kind === 'longName' ? t('longSample') : t('sampleNick'),
      导购姓名: staff.name,
      门店: staff.storeName ?? t('sampleStore'),
      上次购买: whose.value.kind === 'noOrders' ? '' : t('sampleItem'),
    };
  });

  async function ask(asked: ScriptContent, externalUserId: string) {
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    try {
      const filled = await api('POST /api/admin/scripts/preview', { body: { content: asked, externalUserId }, signal: mine.signal });
      answer.value = { externalUserId, ...filled };
      refusal.value = null;
    } catch (error) {
      if (error instanceof ApiFailure) refusal.value = error.message;
      else if (!mine.signal.aborted) throw error;
    }
  }

  watch([content, whose], ([asked, to]) => {
    clearTimeout(timer);
    if (to.kind !== 'customer' || !asked) {
      answer.value = null;
      refusal.value = null;
    } else timer = setTimeout(() => void ask(asked, to.externalUserId), pauseMs);
  });
  onScopeDispose(() => {
    clearTimeout(timer);
    asking?.abort();
  });

  /** Of her whose phone it is now: nobody's words stand under another name. */
  const hers = computed(() => {
    const to = whose.value;
    return to.kind === 'customer' && answer.value?.externalUserId === to.externalUserId ? answer.value : null;
  });

  return {
    whose,
    refusal,
    guideName: computed(() => hers.value?.guideName ?? useBoot().staff.name),
    /** While the answer for a real customer is on its way, the last one of hers stays. */
    shown: computed(() => {
      if (hers.value) return hers.value;
      return content.value && whose.value.kind !== 'customer' ? fillParts(content.value, persona.value) : { parts: [], missing: [] };
    }),
    async find(q: string): Promise<CustomerRow[]> {
      const page = await api('GET /api/admin/customers', { query: { filter: JSON.stringify({ q }), limit: 8 } });
      return page.customers;
    },
  };
}
