import { randomUUID } from 'node:crypto';
import type { Blocked, SuggestionList } from '@nextline/contract';
import type { Principal } from '../feature.ts';
import type { ScriptCatalogue } from '../scripts/script-catalogue.ts';
import { isVisibleTo } from '../scripts/script-scope.ts';
import { dueOf, metaOf, reasonOf } from './card-words.ts';
import { rankSuggestions } from './rank-suggestions.ts';
import type { Situation } from './situation.ts';
import { indexesFor, suggestionIndexes } from './suggestion-index.ts';
import { proofOf } from './suggestion-proof.ts';

/** The cards of one customer for one guide, as the page gets them. `blocked`: what the guard says to marketing right now. */
export function suggest(
  situation: Situation,
  catalogue: ScriptCatalogue,
  who: Principal,
  externalUserId: string,
  blocked: Blocked | null,
  sessionKey: string,
): SuggestionList {
  const indexes = suggestionIndexes(catalogue);
  const byId = (scriptId: string) => {
    const found = indexes.byId.get(scriptId);
    return found && isVisibleTo(found.stored, who) ? found : undefined;
  };
  const cards = rankSuggestions(situation, indexesFor(indexes, who), byId).map((ranked, n) => {
    const { scriptId, version, title, purpose, parts, defaults } = ranked.candidate.script;
    return {
      slot: n + 1,
      scriptId,
      version,
      title,
      purpose,
      meta: metaOf(ranked, situation),
      due: dueOf(ranked, situation),
      taskId: ranked.fact.kind === 'task' ? ranked.fact.task.taskId : null,
      parts,
      defaults,
      reason: reasonOf(ranked, situation),
      blocked: purpose === 'marketing' ? blocked : null,
      probability: 1,
      score: Math.round(ranked.score * 100) / 100,
    };
  });
  const listId = randomUUID();
  const computedAt = situation.now.toISOString();
  return {
    listId,
    computedAt,
    cards,
    proof: proofOf({ listId, computedAt, staffUserId: who.staffUserId, externalUserId, cards }, sessionKey),
  };
}
