import type { Panel, Suggestion } from '@nextline/contract';
import { useQueryCache } from '@pinia/colada';
import { computed, onScopeDispose, ref, watch } from 'vue';
import { useBoot } from '../boot.ts';
import { now } from '../clock.ts';
import { useCurrentCustomer } from '../customer/current-customer.ts';
import { whenWords } from '../day-words.ts';
import { useSending } from '../send/send-script.ts';
import { hasStock, newDeck, swapCard } from './deck.ts';
import { useKeptDecks } from './kept-decks.ts';
import { cardReports } from './report-cards.ts';

const collapseAfterMs = 3000;

/** The cards of 现在该说 and what a tap on each does. */
export function useDeck(panelNow: () => Panel) {
  const sending = useSending();
  const current = useCurrentCustomer();
  const cache = useQueryCache();
  const { timeZone } = useBoot();
  const reports = cardReports();
  const onScreen = useRoom();
  const customerId = panelNow().customer.externalUserId;
  const kept = useKeptDecks().of(panelNow());

  const visible = computed(() => kept.deck.cards.slice(0, onScreen.value));
  const canSwap = computed(() => hasStock(kept.deck, onScreen.value));
  const collapsed = ref(false);

  const sentSlot = computed(() => {
    const source = sending.sending?.body.source;
    return source?.kind === 'suggestion' && source.listId === kept.deck.listId ? source.slot : null;
  });

  // A newer list replaces this one, but never under a send that one of its cards is showing.
  watch(
    () => [panelNow().suggestions, sentSlot.value] as const,
    ([list, slot]) => {
      if (slot === null && list.listId !== kept.deck.listId) kept.deck = newDeck(list, kept.putOff);
    },
    { immediate: true },
  );

  watch(
    () => kept.deck.listId,
    (listId) => {
      sending.listOnScreen = listId;
      const { suggestions } = panelNow();
      if (suggestions.listId === listId) whenSeen(() => reports.shown(customerId, suggestions));
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    if (sending.listOnScreen === kept.deck.listId) sending.listOnScreen = null;
  });

  watch(
    () => kept.sent,
    (sent, _, onCleanup) => {
      collapsed.value = false;
      if (!sent) return;
      const timer = setTimeout(() => {
        collapsed.value = true;
        if (sending.sending?.end === 'done' && sending.sending.externalUserId === customerId) sending.dismiss();
      }, collapseAfterMs);
      onCleanup(() => clearTimeout(timer));
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    if (collapsed.value) kept.sent = null;
  });

  function swap(card: Suggestion): void {
    const before = visible.value;
    kept.deck = swapCard(kept.deck, card.slot, onScreen.value);
    reports.outcome(customerId, kept.deck.listId, card.slot, 'replaced');
    const fresh = visible.value.find((candidate) => !before.includes(candidate));
    if (fresh) reports.outcome(customerId, kept.deck.listId, fresh.slot, 'shown');
    // A refusal belongs to the card that left.
    if (sending.sending?.phase === 'refused' && sentSlot.value === card.slot) sending.dismiss();
  }

  const hands = {
    customerId,
    timeZone,
    kept,
    tasks: () => panelNow().tasks,
    /** Shows it where it is counted, at once. */
    changed(change: (panel: Panel) => Panel) {
      current.patch(customerId, change);
      void cache.invalidateQueries({ key: ['tasks'] });
    },
    lookAgain: () => void (current.externalUserId === customerId && current.refresh()),
    deferred: (listId: string, slot: number) => reports.outcome(customerId, listId, slot, 'deferred'),
  };
  /** 推迟 */
  const defer = async (card: Suggestion, at: Date) => (await import('./remind.ts')).defer(hands, card, at);
  /** 到时提醒我: never a timed send, only a task at the moment the limit ends. */
  const remind = async (card: Suggestion, endsAt: string) =>
    void (await (await import('./remind.ts')).remind(hands, card, new Date(endsAt)));

  /** When this card comes back, as far as the panel knows. */
  function remindedOf({ scriptId }: Suggestion): string | null {
    const task = panelNow().tasks.find((candidate) => candidate.kind === 'reminder' && candidate.scriptId === scriptId);
    const at = task && new Date(task.dueAt);
    return at && at > now.value ? `${whenWords(at, now.value, timeZone)} 提醒你` : null;
  }

  const reportEdited = (card: Suggestion) => reports.outcome(customerId, kept.deck.listId, card.slot, 'edited');
  return { kept, visible, canSwap, collapsed, remindedOf, swap, defer, remind, reportEdited };
}

/** How many cards stand on screen: two, three where there is room. */
function useRoom() {
  const tall = matchMedia('(min-height: 900px)');
  const count = ref(tall.matches ? 3 : 2);
  const measure = () => (count.value = tall.matches ? 3 : 2);
  tall.addEventListener('change', measure);
  onScopeDispose(() => tall.removeEventListener('change', measure));
  return count;
}

/** Cards in a background webview were not seen by anybody. */
function whenSeen(run: () => void): void {
  if (document.visibilityState === 'visible') run();
  else document.addEventListener('visibilitychange', run, { once: true });
}
