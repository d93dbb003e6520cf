import type { Part, Purpose } from '@nextline/contract';
import { offerIn, offerInAny } from '../scripts/offer-words.ts';
import { wordsOf } from '../scripts/script-content.ts';

type Tapped = {
  script: { purpose: Purpose; personal: boolean; parts: readonly Part[] };
  edits: readonly { n: number; text: string }[];
  fills: Readonly<Record<string, string>>;
};

/**
 * What a send counts as, and the guide's own words that make it so. What head office published is what its reviewer passed it for; what the guide
 * wrote herself, as a script of her own, over a message or into a blank, nobody looked at: an offer in it is marketing.
 */
export function purposeOfSend({ script, edits, fills }: Tapped): { purpose: Purpose; offer: string | null } {
  const written = edits.filter(({ n, text }) => {
    const part = script.parts[n - 1];
    // An offer that was in the message before it was edited has been passed as what the script is.
    return part?.kind !== 'text' || offerIn(part.text) !== offerIn(text);
  });
  const own = [...(script.personal ? wordsOf(script.parts) : []), ...written.map(({ text }) => text), ...Object.values(fills)];
  const offer = script.purpose === 'marketing' ? null : offerInAny(own);
  return { purpose: offer === null ? script.purpose : 'marketing', offer };
}
