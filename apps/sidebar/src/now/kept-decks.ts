import type { Panel } from '@nextline/contract';
import { defineStore } from 'pinia';
import { reactive, shallowReactive, watch } from 'vue';
import { instantNow } from '../clock.ts';
import { useSending } from '../send/send-script.ts';
import { newDeck, withoutCard, type Deck } from './deck.ts';
import type { Sent } from './SentCard.vue';

/** What a guide is typing into a hole right now. */
export type HoleTyping = { variable: string | null; text: string };

/** One customer's cards, and what the guide has done with them. */
export type KeptDeck = {
  deck: Deck;
  /** The last one that went out, until the guide has seen that it did. */
  sent: Sent | null;
  /** script id → variable → the guide's words for it. */
  fills: Record<string, Record<string, string>>;
  typing: Record<string, HoleTyping>;
  /** script id → when it was put off: a list that was made before does not bring it back. */
  putOff: Map<string, number>;
  /** Reminders asked for and not answered yet, by script and time: the same id again means the same reminder. */
  asked: Map<string, string>;
};

/** More chats than anybody goes to and fro between. */
const atMost = 50;

/** Kept for as long as the page is: the search and other chats take the cards off the screen, and every answer brings new ones. */
export const useKeptDecks = defineStore('kept-decks', () => {
  const sending = useSending();
  const kept = new Map<string, KeptDeck>();

  function of({ customer: { externalUserId }, suggestions }: Panel): KeptDeck {
    const hers: KeptDeck =
      kept.get(externalUserId) ??
      shallowReactive({
        deck: newDeck(suggestions),
        sent: null,
        fills: reactive({}),
        typing: reactive({}),
        putOff: new Map(),
        asked: new Map(),
      });
    kept.delete(externalUserId);
    kept.set(externalUserId, hers);
    const [oldest] = kept.keys();
    if (kept.size > atMost && oldest !== undefined) kept.delete(oldest);
    return hers;
  }

  // In the same breath: what comes next may put another send in its place. Also while another chat is on screen.
  watch(
    () => sending.sending,
    (state) => {
      const source = state?.body.source;
      const hers = state && kept.get(state.externalUserId);
      if (!hers || state.end !== 'done' || source?.kind !== 'suggestion' || source.listId !== hers.deck.listId) return;
      const card = hers.deck.cards.find(({ slot }) => slot === source.slot);
      if (!card) return;
      hers.deck = withoutCard(hers.deck, card.slot);
      hers.sent = { title: card.title, at: instantNow(), closedTask: card.taskId !== null };
      delete hers.fills[card.scriptId];
      delete hers.typing[card.scriptId];
    },
    { flush: 'sync' },
  );

  return { of };
});
