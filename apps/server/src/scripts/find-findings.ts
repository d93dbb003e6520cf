import type { ScriptContent, ScriptRules } from '@nextline/contract';
import type { Queryable } from '../database.ts';
import { checkScript, type Checking, type Finding } from './check-script.ts';
import { createWordFinder } from './find-words.ts';
import { harmlessWords } from './forbidden-words.ts';
import { readPictureSizes } from './media.store.ts';
import { mediaOf } from './script-content.ts';
import { readCustomFieldNames } from './script-variables.store.ts';

/** Variables that the product fills by itself. */
export const ownVariables: readonly string[] = ['客户称呼', '客户昵称', '导购姓名', '门店', '上次购买'];

/** The finder of the last list of words: the list is long, rarely another, and a check comes with every pause in typing. */
let latest: { words: string; find: Checking['findWords'] } | null = null;

function finderFor({ forbiddenWords }: ScriptRules): Checking['findWords'] {
  const words = JSON.stringify(forbiddenWords);
  if (latest?.words !== words) latest = { words, find: createWordFinder(forbiddenWords, harmlessWords) };
  return latest.find;
}

/** What `checkScript` needs to know, for contents that hold these files. */
export async function prepareCheck(db: Queryable, rules: ScriptRules, hashes: string[], now: Date): Promise<Checking> {
  const [pictures, custom] = await Promise.all([readPictureSizes(db, hashes), readCustomFieldNames(db)]);
  return { findWords: finderFor(rules), pictures, knownVariables: new Set([...ownVariables, ...custom]), now };
}

export async function findingsOf(db: Queryable, rules: ScriptRules, content: ScriptContent, now: Date): Promise<Finding[]> {
  return checkScript(content, await prepareCheck(db, rules, mediaOf(content.parts), now));
}
