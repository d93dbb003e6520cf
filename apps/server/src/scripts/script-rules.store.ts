import type { ScriptRules } from '@nextline/contract';
import { sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { usualForbiddenWords } from './forbidden-words.ts';
import { scriptRuleSets } from './script-editing.table.ts';

/** What the corp decided, or what the product comes with. */
export async function readScriptRules(db: Queryable): Promise<ScriptRules> {
  const [own] = await db.select({ fourEyes: scriptRuleSets.fourEyes, forbiddenWords: scriptRuleSets.forbiddenWords }).from(scriptRuleSets);
  return own ?? { fourEyes: true, forbiddenWords: [...usualForbiddenWords] };
}

/** Held to the end of the transaction: whoever saves the rules has seen what was saved before. */
export async function lockScriptRules(tx: Queryable, corpId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`script rules of ${corpId}`}, 0))`);
}

export async function whoChangedRules(db: Queryable): Promise<string | null> {
  const [own] = await db.select({ changedBy: scriptRuleSets.changedBy }).from(scriptRuleSets);
  return own?.changedBy ?? null;
}

export async function saveScriptRules(tx: Queryable, rules: typeof scriptRuleSets.$inferInsert): Promise<void> {
  const { corpId: _corp, ...set } = rules;
  await tx.insert(scriptRuleSets).values(rules).onConflictDoUpdate({ target: scriptRuleSets.corpId, set });
}
