import type { Panel, Suggestion } from '@nextline/contract';
import { useQueryCache } from '@pinia/colada';
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { useBoot } from '../boot.ts';
import { instantNow } from '../clock.ts';
import { whenWords } from '../day-words.ts';
import { useSending } from '../send/send-script.ts';
import { showToast } from '../toast.ts';
import { hasStock, newDeck, swapCard, withoutCard } from './deck.ts';
import { cardReports } from './report-cards.ts';
import type { Sent } from './SentCard.vue';

const collapseAfterMs = 3000;

/** The cards of 现在该说 and what a tap on each does. */
export function useDeck(panelNow: () => Panel) {
  const sending = useSending();
  const cache = useQueryCache();
  const { timeZone } = useBoot();
  const reports = cardReports();
  const onScreen = useRoom();

  const deck = shallowRef(newDeck(panelNow().suggestions));
  const visible = computed(() => deck.value.cards.slice(0, onScreen.value));
  const canSwap = computed(() => hasStock(deck.value, onScreen.value));
  const sent = shallowRef<Sent | null>(null);
  const collapsed = ref(false);
  const reminded = ref(new Map<number, string>());
  const tasksChanged = () => cache.invalidateQueries({ key: ['tasks'] });
  const customerId = () => panelNow().customer.externalUserId;

  let collapse: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => {
    clearTimeout(collapse);
    if (sending.listOnScreen === deck.value.listId) sending.listOnScreen = null;
  });

  const sentSlot = computed(() => {
    const source = sending.sending?.body.source;
    return source?.kind === 'suggestion' && source.listId === deck.value.listId ? source.slot : null;
  });

  // A newer list replaces this one, but never under a send that one of its cards is showing.
  watch(
    () => [panelNow().suggestions, sentSlot.value] as const,
    ([list, slot]) => {
      if (slot !== null || list.listId === deck.value.listId) return;
      deck.value = newDeck(list);
      reminded.value = new Map();
    },
  );

  watch(
    () => deck.value.listId,
    (listId) => {
      sending.listOnScreen = listId;
      whenSeen(() => reports.shown(customerId(), panelNow().suggestions));
    },
    { immediate: true },
  );

  watch(
    () => sending.sending?.end === 'done' && sentSlot.value,
    (slot) => {
      const card = deck.value.cards.find((candidate) => candidate.slot === slot);
      if (!card) return;
      sent.value = { title: card.title, at: instantNow(), closedTask: card.taskId !== null };
      collapsed.value = false;
      deck.value = withoutCard(deck.value, card.slot);
      clearTimeout(collapse);
      collapse = setTimeout(() => {
        collapsed.value = true;
        if (sending.sending?.end === 'done') sending.dismiss();
      }, collapseAfterMs);
    },
  );

  function swap(card: Suggestion): void {
    const before = visible.value;
    deck.value = swapCard(deck.value, card.slot, onScreen.value);
    reports.outcome(customerId(), deck.value.listId, card.slot, 'replaced');
    const fresh = visible.value.find((candidate) => !before.includes(candidate));
    if (fresh) reports.outcome(customerId(), deck.value.listId, fresh.slot, 'shown');
    // A refusal belongs to the card that left.
    if (sending.sending?.phase === 'refused' && sentSlot.value === card.slot) sending.dismiss();
  }

  /** 推迟 */
  async function defer(card: Suggestion, at: Date): Promise<void> {
    const before = deck.value;
    deck.value = withoutCard(before, card.slot);
    const takeBack = await reminder(card, at);
    if (!takeBack) {
      deck.value = before;
      return;
    }
    reports.outcome(customerId(), before.listId, card.slot, 'deferred');
    showToast(`${whenWords(at, instantNow(), timeZone)} 提醒你。`, {
      label: '撤销',
      run: () => {
        deck.value = before;
        void takeBack().catch(() => showToast('没撤销成，去待办里改。'));
      },
    });
  }

  /** 到时提醒我: never a timed send, only a task at the moment the limit ends. */
  async function remind(card: Suggestion, endsAt: string): Promise<void> {
    const at = new Date(endsAt);
    if (await reminder(card, at))
      reminded.value = new Map(reminded.value).set(card.slot, `${whenWords(at, instantNow(), timeZone)} 提醒你`);
  }

  async function reminder(card: Suggestion, at: Date): Promise<(() => Promise<unknown>) | null> {
    const { remindAt, notReminded } = await import('./remind.ts');
    try {
      const takeBack = await remindAt(customerId(), card, at, panelNow().tasks);
      void tasksChanged();
      return () => takeBack().then(tasksChanged);
    } catch (error) {
      showToast(notReminded(error));
      return null;
    }
  }

  const reportEdited = (card: Suggestion) => reports.outcome(customerId(), deck.value.listId, card.slot, 'edited');
  return { deck, visible, canSwap, sent, collapsed, reminded, swap, defer, remind, reportEdited };
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
