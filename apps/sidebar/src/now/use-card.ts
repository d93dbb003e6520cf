import type { Blocked, MediaRef, Panel, Part, Suggestion } from '@nextline/contract';
import { fill } from '@nextline/script-variables';
import { computed } from 'vue';
import { holesIn, type SendRequest, valuesFor } from '../send/send-request.ts';
import { useSending } from '../send/send-script.ts';
import { blockedFrom } from './blocked-words.ts';
import { type HoleTyping, useKeptDecks } from './kept-decks.ts';

export type CardProps = { card: Suggestion; panel: Panel; listId: string };

/** What one suggestion says right now: its words with the variables filled, what is missing, what stops it, how its send is going. */
export function useCard(props: Readonly<CardProps>) {
  const sending = useSending();
  const kept = useKeptDecks().of(props.panel);

  const request = computed<SendRequest>(() => {
    const { scriptId, version, title, parts, defaults, slot } = props.card;
    const source = { kind: 'suggestion' as const, listId: props.listId, slot };
    return { scriptId, version, title, parts, defaults, source, fills: { ...kept.fills[scriptId] } };
  });
  const text = computed(() => props.card.parts.find((part) => part.kind === 'text')?.text ?? props.card.title);
  const holes = computed(() => holesIn(request.value, props.panel.variables));
  const state = computed(() => {
    const current = sending.sending;
    const source = current?.body.source;
    return source?.kind === 'suggestion' && source.listId === props.listId && source.slot === props.card.slot ? current : null;
  });

  return {
    request,
    fillIn(variable: string, value: string) {
      const { scriptId } = props.card;
      kept.fills[scriptId] = { ...kept.fills[scriptId], [variable]: value };
    },
    typing: computed<HoleTyping>({
      get: () => kept.typing[props.card.scriptId] ?? { variable: null, text: '' },
      set: (typing) => (kept.typing[props.card.scriptId] = typing),
    }),
    segments: computed(() => fill(text.value, valuesFor(request.value, props.panel.variables)).segments),
    holes,
    gaps: computed(() =>
      holes.value.map(
        (hole) => props.panel.gaps.find((gap) => gap.variable === hole) ?? { variable: hole, why: '没有这项资料', choices: [] },
      ),
    ),
    thumb: computed(() => thumbOf(props.card.parts)),
    /** The server's refusal counts as well as what it knew when it made the list. */
    blocked: computed<Blocked | null>(() => {
      const refusal = state.value?.phase === 'refused' ? state.value.refusal : null;
      return (refusal && blockedFrom(refusal)) ?? props.card.blocked;
    }),
    /** Its send, while one is under way or ended without success. */
    state,
  };
}

function thumbOf(parts: readonly Part[]): { kind: Part['kind']; media: MediaRef | null } | null {
  const seen = parts.find((part) => part.kind !== 'text');
  if (!seen) return null;
  if (seen.kind === 'image') return { kind: seen.kind, media: seen.media };
  return { kind: seen.kind, media: seen.kind === 'link' || seen.kind === 'miniprogram' ? seen.cover : null };
}
