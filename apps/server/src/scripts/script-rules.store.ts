import type { ScriptRules } from '@nextline/contract';
import type { Queryable } from '../database.ts';
import { usualForbiddenWords } from './forbidden-words.ts';
import { scriptRuleSets } from './script-editing.table.ts';

/** What the corp decided, or what the product comes with. */
export async function readScriptRules(db: Queryable): Promise<ScriptRules> {
  const [own] = await db.select({ fourEyes: scriptRuleSets.fourEyes, forbiddenWords: scriptRuleSets.forbiddenWords }).from(scriptRuleSets);
  return own ?? { fourEyes: true, forbiddenWords: [...usualForbiddenWords] };
}

export async function saveScriptRules(tx: Queryable, rules: typeof scriptRuleSets.$inferInsert): Promise<void> {
  const { corpId: _corp, ...set } = rules;
  await tx.insert(scriptRuleSets).values(rules).onConflictDoUpdate({ target: scriptRuleSets.corpId, set });
}
