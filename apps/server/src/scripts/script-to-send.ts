import { AppError, scriptNotFound, scriptRetired } from '../errors.ts';
import { dayMs } from '../corp-time.ts';
import type { Deps, Principal } from '../feature.ts';
import { isValidAt, isVisibleTo } from './script-scope.ts';
import { findScript, findVersion, type FoundVersion, supersededAt } from './scripts.store.ts';

/** A guide may send what she saw for so long after a newer version came out. */
const gracePeriodMs = dayMs;

const scriptChanged = (publishedVersion: number) =>
  new AppError({
    code: 'script.changed',
    status: 409,
    sentence: '这条话术改过了，看一眼新的再发。',
    details: { version: publishedVersion },
  });

/**
 * The version of a script that this staff member wants to send now, straight from the store. Refusals: `script.not_found` (none, or not theirs to
 * see), `script.retired` (taken down, or outside its dates), `script.changed` (replaced for more than a day).
 */
export async function scriptToSend(
  deps: Pick<Deps, 'db' | 'clock'>,
  who: Principal,
  wanted: { scriptId: string; version: number },
): Promise<FoundVersion> {
  const { db, clock } = deps;
  const now = clock.now();
  const script = await findScript(db, wanted.scriptId);
  if (script === null || script.publishedVersion === null || !isVisibleTo(script, who)) throw scriptNotFound();
  if (script.status !== 'published' || !isValidAt(script, now)) throw scriptRetired();
  const version = await findVersion(db, wanted.scriptId, wanted.version);
  if (version === null || version.publishedAt === null || version.version > script.publishedVersion) throw scriptNotFound();
  if (version.version < script.publishedVersion) {
    const since = await supersededAt(db, wanted.scriptId, wanted.version);
    if (since === null || now.getTime() - since.getTime() >= gracePeriodMs) throw scriptChanged(script.publishedVersion);
  }
  return version;
}

/** The parts of a version that a send has named already: whatever became of the script since. */
export async function partsOfVersion(deps: Pick<Deps, 'db'>, scriptId: string, version: number): Promise<FoundVersion['parts']> {
  return (await findVersion(deps.db, scriptId, version))?.parts ?? [];
}
