import type { Panel, Suggestion } from '@nextline/contract';
import { useQueryCache } from '@pinia/colada';
import { uuidv7 } from 'uuidv7';
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { api, ApiFailure } from '../api.ts';
import { useBoot } from '../boot.ts';
import { instantNow } from '../clock.ts';
import { whenWords } from '../day-words.ts';
import { useSending } from '../send/send-script.ts';
import { showToast } from '../toast.ts';
import { hasStock, newDeck, swapCard, withoutCard } from './deck.ts';
import { reminderWords } from './defer-times.ts';
import { cardReports } from './report-cards.ts';
import type { Sent } from './SentCard.vue';

const collapseAfterMs = 3000;

/** The cards of 现在该说 and what a tap on each does. */
export function useDeck(panelNow: () => Panel) {
  const sending = useSending();
  const cache = useQueryCache();
  const { timeZone } = useBoot();
  const reports = cardReports();
  const tall = matchMedia('(min-height: 900px)');
  const onScreen = ref(tall.matches ? 3 : 2);
  tall.addEventListener('change', () => (onScreen.value = tall.matches ? 3 : 2));

  const deck = shallowRef(newDeck(panelNow().suggestions));
  const visible = computed(() => deck.value.cards.slice(0, onScreen.value));
  const canSwap = computed(() => hasStock(deck.value, onScreen.value));
  const sent = shallowRef<Sent | null>(null);
  const collapsed = ref(false);
  const reminded = ref(new Map<number, string>());
  const customerId = () => panelNow().customer.externalUserId;

  let collapse: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => clearTimeout(collapse));

  const sentSlot = computed(() => {
    const source = sending.sending?.body.source;
    return source?.kind === 'suggestion' && source.listId === deck.value.listId ? source.slot : null;
  });

  // A newer list replaces this one, but never under a send that one of its cards is showing.
  watch(
    () => [panelNow().suggestions, sentSlot.value] as const,
    ([list, slot]) => {
      if (slot === null && list.listId !== deck.value.listId) {
        deck.value = newDeck(list);
        reminded.value = new Map();
      }
    },
  );

  watch(
    () => deck.value.listId,
    () => whenSeen(() => reports.shown(customerId(), panelNow().suggestions)),
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

  /** 推迟: a card that is a task already moves that task; any other becomes one. */
  async function defer(card: Suggestion, at: Date): Promise<void> {
    const before = deck.value;
    const previousDueAt = panelNow().tasks.find((task) => task.taskId === card.taskId)?.dueAt;
    deck.value = withoutCard(deck.value, card.slot);
    reports.outcome(customerId(), before.listId, card.slot, 'deferred');
    try {
      const undo = await remindAt(card, at, previousDueAt);
      showToast(reminderWords(at, instantNow(), timeZone), {
        label: '撤销',
        run: () => {
          deck.value = before;
          void undo().catch(() => showToast('没撤销成，去待办里改。'));
        },
      });
    } catch (error) {
      deck.value = before;
      showToast(error instanceof ApiFailure && error.status > 0 ? error.message : '没推迟成，网络断了。');
    }
  }

  /** 到时提醒我: never a timed send, only a task at the moment the limit ends. */
  async function remind(card: Suggestion, endsAt: string): Promise<void> {
    try {
      await remindAt(card, new Date(endsAt), undefined);
      reminded.value = new Map(reminded.value).set(card.slot, `${whenWords(new Date(endsAt), instantNow(), timeZone)} 提醒你`);
    } catch (error) {
      showToast(error instanceof ApiFailure && error.status > 0 ? error.message : '提醒没设上，网络断了。');
    }
  }

  async function remindAt(card: Suggestion, at: Date, previousDueAt: string | undefined): Promise<() => Promise<unknown>> {
    const externalUserId = customerId();
    const dueAt = at.toISOString();
    const tasksChanged = () => cache.invalidateQueries({ key: ['tasks'] });
    if (card.taskId) {
      const params = { externalUserId, taskId: card.taskId };
      const move = (to: string) =>
        api('PUT /api/sidebar/customers/:externalUserId/tasks/:taskId', { params, body: { dueAt: to } }).then(tasksChanged);
      await move(dueAt);
      return () => (previousDueAt ? move(previousDueAt) : Promise.resolve());
    }
    const taskId = uuidv7();
    const body = { taskId, title: card.title.slice(0, 100), scriptId: card.scriptId, dueAt };
    await api('POST /api/sidebar/customers/:externalUserId/tasks', { params: { externalUserId }, body }).then(tasksChanged);
    return () =>
      api('PUT /api/sidebar/customers/:externalUserId/tasks/:taskId', {
        params: { externalUserId, taskId },
        body: { status: 'skipped' },
      }).then(tasksChanged);
  }

  return {
    deck,
    visible,
    canSwap,
    sent,
    collapsed,
    reminded,
    swap,
    defer,
    remind,
    reportEdited: (card: Suggestion) => reports.outcome(customerId(), deck.value.listId, card.slot, 'edited'),
  };
}

/** Cards in a background webview were not seen by anybody. */
function whenSeen(run: () => void): void {
  if (document.visibilityState === 'visible') {
    run();
    return;
  }
  document.addEventListener('visibilitychange', run, { once: true });
}
