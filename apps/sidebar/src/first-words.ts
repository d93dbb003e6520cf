import type { Panel, Suggestion } from '@nextline/contract';
import { fill } from '@nextline/script-variables';
import './customer/strip.css';
import './now/now-card.css';
import { holesIn, valuesFor } from './send/send-request.ts';

/** What to draw before the app can: who this is, and a card that can be sent as it stands. */
export type FirstWords = {
  name: string;
  nickname: string;
  source: string;
  card: Suggestion;
  segments: ReturnType<typeof fill>['segments'];
};

/** Null when the first thing to say needs more than a tap: something is missing, stopped or still open. Then the app says it. */
export function firstWords({ customer, follow, suggestions, openSends, variables, active }: Panel): FirstWords | null {
  const card = suggestions.cards.find(({ slot }) => slot === 1);
  if (!active || !card || card.blocked || openSends.length > 0) return null;
  const { scriptId, version, title, parts, defaults, slot } = card;
  const request = { scriptId, version, title, parts, defaults, source: { kind: 'suggestion' as const, listId: suggestions.listId, slot } };
  if (holesIn(request, variables).length > 0) return null;
  const text = parts.find((part) => part.kind === 'text')?.text ?? title;
  return {
    name: follow.remark || customer.name,
    nickname: follow.remark && follow.remark !== customer.name ? customer.name : '',
    source: follow.storeName ? `${follow.sourceLabel} · ${follow.storeName}` : follow.sourceLabel,
    card,
    segments: fill(text, valuesFor(request, variables)).segments,
  };
}

type Child = Node | string;
function element<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className: string, ...children: Child[]): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** `a · b` as the app writes it: with a drawn dot. */
const dotted = (text: string): Child[] =>
  text.split(' · ').flatMap((piece, n): Child[] => (n === 0 ? [piece] : [element('i', 'dot'), piece]));

/**
 * Draws them where the app will draw the same, on a slow phone a quarter of a second earlier. What is tapped meanwhile is not lost: `onSend` is
 * called, and the app, which then takes the place of all this, sends.
 */
export function drawFirstWords({ name, nickname, source, card, segments }: FirstWords, into: HTMLElement, onSend: () => void): void {
  const send = element('button', 'button filled send hit', '发送', element('kbd', 'key-cap', '1'));
  send.type = 'button';
  send.addEventListener('click', onSend);
  const message = segments.map(({ kind, text }) => (kind === 'filled' ? element('span', 'filled-in', text) : text));
  const aside = [card.parts.length > 1 ? `${card.parts.length} 条` : '', card.due ?? ''].filter(Boolean).join(' · ');
  into.replaceChildren(
    element(
      'main',
      '',
      element(
        'header',
        'strip not-yet',
        element(
          'div',
          'who',
          element('i', 'avatar-room'),
          element(
            'div',
            'names',
            element('h1', '', element('span', 'name', name), ...(nickname ? [element('em', '', nickname)] : [])),
            element('p', 'source', ...dotted(source)),
          ),
        ),
      ),
      element(
        'section',
        'now',
        element('h2', 'section-title', element('i', 'caret'), '现在该说'),
        element(
          'article',
          'now-card',
          element('p', 'meta', element('b', '', element('span', '', ...dotted(card.meta))), element('span', 'aside', ...dotted(aside))),
          element(
            'div',
            'body',
            element('p', 'message', element('span', '', ...message)),
            ...(card.parts.some(({ kind }) => kind !== 'text') ? [element('i', 'thumb-room')] : []),
          ),
          element('p', 'reason not-yet', element('span', '', card.reason.text)),
          element('div', 'actions', send),
        ),
      ),
    ),
  );
}
