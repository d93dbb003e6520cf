import { isDeepStrictEqual } from 'node:util';
import type { SaveScriptRulesBody, ScriptRules } from '@nextline/contract';
import { writeAudit } from '../audit/write-audit.ts';
import { requestInvalid } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { requirePermission } from '../identity/permissions.ts';
import { readStaffNames } from './script-editing.store.ts';
import { rulesChanged } from './script-errors.ts';
import { lockScriptRules, readScriptRules, saveScriptRules, whoChangedRules } from './script-rules.store.ts';
import { nameOf } from './show-script.ts';

/** Who may pass a script and which words are marked. Not over what somebody else has saved since the page had them. */
export async function changeRules(deps: Deps, who: Principal, { was, ...rules }: SaveScriptRulesBody): Promise<ScriptRules> {
  requirePermission(who, 'rules.write');
  const seen = new Set<string>();
  for (const [n, { word }] of rules.forbiddenWords.entries()) {
    const key = word.trim().toLowerCase();
    if (key === '')
      throw requestInvalid([
        { path: `body.forbiddenWords.${n}.word`, message: { 'zh-CN': '词不能是空的。', en: 'A word cannot be empty.' } },
      ]);
    if (seen.has(key))
      throw requestInvalid([
        { path: `body.forbiddenWords.${n}.word`, message: { 'zh-CN': `「${word}」写了两遍。`, en: `“${word}” is there twice.` } },
      ]);
    seen.add(key);
  }
  const { corpId } = deps.config.wecom;
  const at = deps.clock.now();
  return deps.db.transaction(async (tx) => {
    await lockScriptRules(tx, corpId);
    const before = await readScriptRules(tx);
    if (was !== undefined && !isDeepStrictEqual(was, before)) {
      const by = await whoChangedRules(tx);
      throw rulesChanged({ rules: before, by: nameOf(await readStaffNames(tx, [by]), by) });
    }
    await saveScriptRules(tx, { corpId, ...rules, changedAt: at, changedBy: who.staffUserId });
    const detail = { fourEyes: rules.fourEyes, before: before.fourEyes, words: rules.forbiddenWords.length };
    await writeAudit(tx, { corpId, who, action: 'script.rules', subject: { kind: 'rules', id: 'scripts' }, detail, at });
    return readScriptRules(tx);
  });
}
