import type { Panel } from '@nextline/contract';
import { useQuery, useQueryCache } from '@pinia/colada';
import { defineStore } from 'pinia';
import { computed, inject, shallowRef, type InjectionKey } from 'vue';
import { api, type ApiFailure } from '../api.ts';
import { oneAtATime } from '../bridge/ask-again.ts';
import { bridgeFailure, type BridgeFailure } from '../bridge/bridge-failure.ts';
import type { Chat, WecomBridge } from '../bridge/wecom-bridge.ts';
import type { Opening } from '../opening.ts';

/** What the page asked before it was drawn; null in a plain browser. */
export const openingKey: InjectionKey<Opening | null> = Symbol('opening');
/** Null in a plain browser. */
export const bridgeKey: InjectionKey<WecomBridge | null> = Symbol('bridge');

/** What is known about the open chat. */
export type Whereabouts = Chat | { kind: 'asking' } | { kind: 'browser' } | { kind: 'refused'; failure: BridgeFailure };

/** The customer of the open chat and everything the panel shows. Another chat is another key, never a reload. */
export const useCurrentCustomer = defineStore('current-customer', () => {
  const bridge = inject(bridgeKey, null);
  const cache = useQueryCache();
  const opening = inject(openingKey, null);
  const known = opening?.known;
  const where = shallowRef<Whereabouts>(
    known ? { kind: 'customer', externalUserId: known.externalUserId } : bridge ? { kind: 'asking' } : { kind: 'browser' },
  );
  const externalUserId = computed(() => (where.value.kind === 'customer' ? where.value.externalUserId : null));

  if (known) cache.setQueryData<Panel>(['panel', known.externalUserId], known.panel);
  const query = useQuery<Panel, ApiFailure>({
    key: () => ['panel', externalUserId.value ?? ''],
    query: ({ signal }) => {
      const customerId = externalUserId.value ?? '';
      return (
        opening?.takePanel(customerId) ??
        api('GET /api/sidebar/customers/:externalUserId', { params: { externalUserId: customerId }, signal })
      );
    },
    enabled: () => externalUserId.value !== null,
    staleTime: 3000,
    gcTime: 30 * 60_000,
  });

  const askAgain = oneAtATime(async () => {
    if (!bridge) return;
    try {
      const chat = await bridge.whoIsHere();
      const before = where.value;
      const same =
        before.kind === chat.kind &&
        (chat.kind !== 'customer' || before.kind !== 'customer' || before.externalUserId === chat.externalUserId);
      if (!same) where.value = chat;
    } catch (error) {
      // A customer who is already on screen stays there: a slow answer is no reason to take the words away.
      if (where.value.kind !== 'customer') where.value = { kind: 'refused', failure: bridgeFailure(error) };
    }
  });

  /** Not a customer of this guide any more, or never: what was cached is not theirs to read. */
  const withheld = computed(() => query.error.value?.status === 404 || query.error.value?.status === 403);

  return {
    where,
    externalUserId,
    /** Undefined until it is known. Kept while it is fetched again, also when that fails for want of a network. */
    panel: computed(() => (externalUserId.value && !withheld.value ? query.data.value : undefined)),
    failure: computed(() => query.error.value),
    loading: query.isLoading,
    /** Asks WeCom who the open chat is with. Cheap: call it whenever the guide may have changed chats. */
    askAgain,
    /** As 重试 does: a new signature, and the state says that it is asking. */
    retryBridge() {
      bridge?.startOver();
      if (bridge) where.value = { kind: 'asking' };
      askAgain();
    },
    /** Fetches the panel again, quietly. */
    refresh: () => query.refetch(),
    /** Changes the panel of one customer in place, for what was just done here; the next fetch settles it. */
    patch(customerId: string, change: (panel: Panel) => Panel) {
      const known = cache.getQueryData<Panel>(['panel', customerId]);
      if (known) cache.setQueryData<Panel>(['panel', customerId], change(known));
      // An answer that is on its way does not know of it.
      if (query.isLoading.value && customerId === externalUserId.value) void query.refetch();
    },
  };
});
