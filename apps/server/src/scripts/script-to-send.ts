import { AppError, scriptNotFound, scriptRetired } from '../errors.ts';
import { corpTimeZone } from '../customers/corp-zone.ts';
import type { Deps, Principal } from '../feature.ts';
import { isInSeason, isValidAt, isVisibleTo } from './script-scope.ts';
import { findScript, findVersion, type FoundVersion } from './scripts.store.ts';

const scriptChanged = (publishedVersion: number) =>
  new AppError({
    code: 'script.changed',
    status: 409,
    sentence: { 'zh-CN': '这条话术改过了，看一眼新的再发。', en: 'This script was changed. Look at the new one before you send it.' },
    details: { version: publishedVersion },
  });

/**
 * The version of a script that this staff member wants to send now, straight from the store. Refusals: `script.not_found` (none, or not theirs to
 * see), `script.retired` (taken down, or outside its dates and season), `script.changed` (replaced: the page
 * shows the new one, and the next tap sends that).
 */
export async function scriptToSend(
  deps: Pick<Deps, 'db' | 'clock'>,
  who: Principal,
  wanted: { scriptId: string; version: number },
): Promise<FoundVersion & { personal: boolean }> {
  const { db, clock } = deps;
  const now = clock.now();
  const found = await findScript(db, wanted.scriptId, wanted.version);
  if (found === null) throw scriptNotFound();
  const { script, version } = found;
  if (script.publishedVersion === null || !isVisibleTo(script, who)) throw scriptNotFound();
  if (script.retiredAt !== null || !isValidAt(script, now)) throw scriptRetired();
  if (version === null || version.publishedAt === null || version.version > script.publishedVersion) throw scriptNotFound();
  if (!isInSeason(version.fit, now, await corpTimeZone(deps))) throw scriptRetired();
  if (version.version < script.publishedVersion) throw scriptChanged(script.publishedVersion);
  return { ...version, personal: script.scope === 'personal' };
}

/** The parts of a version that a send has named already: whatever became of the script since. */
export async function partsOfVersion(deps: Pick<Deps, 'db'>, scriptId: string, version: number): Promise<FoundVersion['parts']> {
  return (await findVersion(deps.db, scriptId, version))?.parts ?? [];
}
