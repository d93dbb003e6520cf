import type { ScriptAudience } from '@nextline/contract';
import { requestInvalid, sessionForbidden } from '../errors.ts';
import type { Principal } from '../feature.ts';
import type { Sentence } from '../sentence.ts';
import type { SettingsColumns } from './script-content.ts';

/** Which scripts somebody finds in the console. `storeId` null: those of the whole corp. */
export type Reach = { staffUserId: string; storeId: string | null };

/** A manager without a store finds none: no store is called like this. */
const noStore = '\u0001';

export function reachOf({ staffUserId, role, storeId }: Principal): Reach {
  return { staffUserId, storeId: role === 'manager' ? (storeId ?? noStore) : null };
}

type Placed = Pick<SettingsColumns, 'scope' | 'storeIds' | 'ownerUserId'>;

/** A guide's own script is hers: headquarters reads what she shows, and promotes a copy of it. */
export const isAnothers = (staffUserId: string, { scope, ownerUserId }: Placed): boolean =>
  scope === 'personal' && ownerUserId !== staffUserId;

/** Why somebody does not change a script that they find; null when they may. */
function refusalOfScript({ staffUserId, storeId }: Reach, script: Placed): Sentence | null {
  if (isAnothers(staffUserId, script))
    return {
      'zh-CN': '这条是别人自己的话术，只有本人能改。要给大家用，就收进公司话术。',
      en: 'This is somebody’s own script: only its owner changes it. To use it for everybody, adopt it for the company.',
    };
  if (storeId !== null && (script.scope !== 'store' || script.storeIds.some((id) => id !== storeId)))
    return { 'zh-CN': '这条话术别的门店也在用，请总部改。', en: 'Other stores use this script too. Ask headquarters to change it.' };
  return null;
}

export const isOwnScript = (reach: Reach, script: Placed): boolean => refusalOfScript(reach, script) === null;

/** A manager reads what her store gets, and changes what only her store gets. Another's personal script nobody changes. */
export function requireOwnScript(reach: Reach, script: Placed): void {
  const refusal = refusalOfScript(reach, script);
  if (refusal !== null) throw sessionForbidden(refusal);
}

function refusalOfAudience({ staffUserId, storeId }: Reach, audience: ScriptAudience, before: ScriptAudience | null): Sentence | null {
  if (storeId !== null)
    return audience.kind === 'stores' && audience.storeIds.every((id) => id === storeId)
      ? null
      : {
          'zh-CN': '店长写的话术只给自己的门店，「谁能看」选你的门店。',
          en: 'What a manager writes is for the own store: choose it under “Who sees it”.',
        };
  const kept = before?.kind === 'personal' ? before.ownerUserId : null;
  return audience.kind === 'personal' && audience.ownerUserId !== staffUserId && audience.ownerUserId !== kept
    ? { 'zh-CN': '「只有一个人能看」只能是你自己。', en: 'The one person who sees it can only be yourself.' }
    : null;
}

/** Whom somebody may write for. `before`: the audience that it has already and may keep. */
export function requireAudience(reach: Reach, audience: ScriptAudience, before: ScriptAudience | null, path: string): void {
  const refusal = refusalOfAudience(reach, audience, before);
  if (refusal !== null) throw requestInvalid([{ path, message: refusal }]);
}

/** The same of a content that is there already and would go on: nothing was filled in that it could be said beside. */
export function requireAudienceWithin(reach: Reach, audience: ScriptAudience, before: ScriptAudience | null): void {
  const refusal = refusalOfAudience(reach, audience, before);
  if (refusal !== null) throw sessionForbidden(refusal);
}

/** For what belongs to the whole library: folders, rules, media, imports. */
export function requireWholeCorp({ role }: Pick<Principal, 'role'>): void {
  if (role === 'manager')
    throw sessionForbidden({
      'zh-CN': '这个由总部来管，需要的话请找管理员。',
      en: 'Headquarters decides this. Ask an admin if you need it.',
    });
}
