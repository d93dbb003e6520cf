import type { Panel, Suggestion, Task } from '@nextline/contract';
import { api, ApiFailure } from '../api.ts';
import { instantNow } from '../clock.ts';
import { whenWords } from '../day-words.ts';
import { showToast } from '../toast.ts';
import { uuidv7 } from '../uuid.ts';
import { type Deck, withoutCard } from './deck.ts';
import type { KeptDeck } from './kept-decks.ts';

/** What lies in the hands of the section whose card it is. */
type Hands = {
  customerId: string;
  timeZone: string;
  kept: KeptDeck;
  tasks: () => readonly Task[];
  changed: (change: (panel: Panel) => Panel) => void;
  lookAgain: () => void;
  deferred: (listId: string, slot: number) => void;
};

/** 推迟: the card leaves at once, and comes back with 撤销 or when that could not be stored. */
export async function defer(hands: Hands, card: Suggestion, at: Date): Promise<void> {
  const { kept, timeZone } = hands;
  const before = kept.deck;
  const bringBack = () => {
    kept.putOff.delete(card.scriptId);
    kept.deck = putBack(kept.deck, card, before);
  };
  kept.deck = withoutCard(before, card.slot);
  kept.putOff.set(card.scriptId, Infinity);
  const takeBack = await remind(hands, card, at);
  if (!takeBack) return bringBack();
  kept.putOff.set(card.scriptId, instantNow().getTime());
  hands.deferred(before.listId, card.slot);
  showToast(`${whenWords(at, instantNow(), timeZone)} 提醒你。`, {
    label: '撤销',
    run() {
      bringBack();
      void takeBack().catch(() => showToast('没撤销成，去待办里改。'));
    },
  });
}

/** Makes a card come back at an instant. Resolves to how to take that back; null when it did not work, or is being asked already. */
export async function remind(hands: Hands, card: Suggestion, at: Date): Promise<(() => Promise<void>) | null> {
  const show = (task: Task) => hands.changed((panel) => withTask(panel, task));
  try {
    const reminder = await ask(hands, card, at.toISOString());
    if (!reminder) return null;
    show(reminder.task);
    return async () => {
      show(await reminder.takeBack());
      // The card may have been in none of the lists since.
      hands.lookAgain();
    };
  } catch (error) {
    showToast(error instanceof ApiFailure && error.status > 0 ? error.message : '没设上，网络断了。');
    return null;
  }
}

const underWay = new Set<string>();

/** Its task is moved, or it becomes one: the same one when this was asked before and never answered. */
async function ask(
  { customerId: externalUserId, kept, tasks }: Hands,
  card: Suggestion,
  dueAt: string,
): Promise<{ task: Task; takeBack: () => Promise<Task> } | null> {
  const wish = `${card.scriptId} ${dueAt}`;
  if (underWay.has(`${externalUserId} ${wish}`)) return null;
  underWay.add(`${externalUserId} ${wish}`);
  const taskId = card.taskId ?? kept.asked.get(wish) ?? uuidv7();
  const change = (body: { dueAt?: string; kind?: Task['kind']; status?: 'skipped' }) =>
    api('PUT /api/sidebar/customers/:externalUserId/tasks/:taskId', { params: { externalUserId, taskId }, body });
  try {
    if (card.taskId) {
      const before = tasks().find((task) => task.taskId === taskId);
      const task = await change({ dueAt, kind: 'reminder' });
      return { task, takeBack: () => change(before ? { dueAt: before.dueAt, kind: before.kind } : {}) };
    }
    kept.asked.set(wish, taskId);
    const body = { taskId, title: card.title.slice(0, 100), scriptId: card.scriptId, dueAt };
    const task = await api('POST /api/sidebar/customers/:externalUserId/tasks', { params: { externalUserId }, body });
    kept.asked.delete(wish);
    return { task, takeBack: () => change({ status: 'skipped' }) };
  } finally {
    underWay.delete(`${externalUserId} ${wish}`);
  }
}

/** 撤销: to where it stood `before`, unless another list has come since. */
export function putBack(deck: Deck, card: Suggestion, before: Deck): Deck {
  const at = before.cards.indexOf(card);
  return deck.listId === before.listId ? { ...deck, cards: [...deck.cards.slice(0, at), card, ...deck.cards.slice(at)] } : deck;
}

/** The panel with a task as it is now, until the next answer says the same. */
function withTask(panel: Panel, task: Task): Panel {
  const others = panel.tasks.filter(({ taskId }) => taskId !== task.taskId);
  const open = task.status === 'open' ? [task] : [];
  return {
    ...panel,
    tasks: [...others, ...open],
    openTaskCount: panel.openTaskCount + open.length - (panel.tasks.length - others.length),
  };
}
