import { createHash } from 'node:crypto';
import type { Deps, Principal } from '../feature.ts';
import { scriptCatalogue, type ScriptCatalogue } from './script-catalogue.ts';
import { isValidAt, isVisibleTo } from './script-scope.ts';

/** Raised with the contract's library, so that no page takes an older form for the present one. */
const libraryForm = 4;

type Who = Pick<Principal, 'staffUserId' | 'storeId'>;

function versionFor(catalogue: ScriptCatalogue, who: Who): string {
  const scope = createHash('sha256')
    .update(`${who.storeId ?? ''}\n${who.staffUserId}`)
    .digest('base64url')
    .slice(0, 8);
  return `${libraryForm}.${catalogue.libraryVersion}.${catalogue.statsDay}.${catalogue.datedAt.toString(36)}.${scope}`;
}

/** Changes when anything in this staff member's library does. */
export async function libraryVersionFor(deps: Pick<Deps, 'db' | 'clock' | 'log'>, who: Who): Promise<string> {
  return versionFor(await scriptCatalogue(deps), who);
}

export type GuideLibrary = { version: string; toJson(): string };

/** What this staff member may see now; the contract's `library`, written out only when somebody wants it. */
export async function guideLibrary(deps: Pick<Deps, 'db' | 'clock' | 'log'>, who: Who): Promise<GuideLibrary> {
  const catalogue = await scriptCatalogue(deps);
  const version = versionFor(catalogue, who);
  return {
    version,
    toJson() {
      const now = deps.clock.now();
      const visible = catalogue.scripts.filter(({ stored }) => isVisibleTo(stored, who) && isValidAt(stored, now));
      const scripts = visible.map((one) => one.json).join(',');
      return `{"version":${JSON.stringify(version)},"folders":${JSON.stringify(catalogue.folders)},"scripts":[${scripts}]}`;
    },
  };
}
