import type { ScriptRules } from '@nextline/contract';
import { writeAudit } from '../audit/write-audit.ts';
import { requestInvalid } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { requirePermission } from '../identity/permissions.ts';
import { readScriptRules, saveScriptRules } from './script-rules.store.ts';

/** Who may pass a script and which words are marked. */
export async function changeRules(deps: Deps, who: Principal, rules: ScriptRules): Promise<ScriptRules> {
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
    const before = await readScriptRules(tx);
    await saveScriptRules(tx, { corpId, ...rules, changedAt: at, changedBy: who.staffUserId });
    const detail = { fourEyes: rules.fourEyes, before: before.fourEyes, words: rules.forbiddenWords.length };
    await writeAudit(tx, { corpId, who, action: 'script.rules', subject: { kind: 'rules', id: 'scripts' }, detail, at });
    return readScriptRules(tx);
  });
}
