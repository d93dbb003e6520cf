import type { Part, Purpose, ScriptContent } from '@nextline/contract';
import type { Database } from '../database.ts';
import { publishVersion } from './publish-version.ts';
import { audienceOf, contentOf } from './script-content.ts';
import { newestVersion, raiseLibraryVersion } from './scripts.store.ts';
import type { ScriptFit } from './scripts.table.ts';

export type ScriptToPublish = {
  scriptId: string;
  folderId: string;
  title: string;
  keywords: string[];
  purpose: Purpose;
  parts: Part[];
  fit: ScriptFit;
  defaults?: Record<string, string>;
  visibility: { scope: 'company' } | { scope: 'store'; storeId: string } | { scope: 'personal'; ownerUserId: string };
  validFrom: Date | null;
  validUntil: Date | null;
  authorUserId: string | null;
};

function contentToPublish(script: ScriptToPublish): ScriptContent {
  const { visibility, validFrom, validUntil, folderId, defaults = {} } = script;
  const audience = audienceOf({
    scope: visibility.scope,
    storeIds: visibility.scope === 'store' ? [visibility.storeId] : [],
    ownerUserId: visibility.scope === 'personal' ? visibility.ownerUserId : null,
  });
  const dates = { validFrom: validFrom?.toISOString() ?? null, validUntil: validUntil?.toISOString() ?? null };
  return contentOf({ ...script, defaults }, { folderId, audience, ...dates });
}

/**
 * Makes the next version of a script the one that guides see, and the library newer, in one transaction, with no questions asked: for who lays
 * the ground. The console's way goes through a draft and a review.
 */
export async function publishScript(db: Database, corpId: string, script: ScriptToPublish, now: Date): Promise<{ version: number }> {
  const { scriptId, authorUserId } = script;
  return db.transaction(async (tx) => {
    await raiseLibraryVersion(tx, corpId, now);
    const version = (await newestVersion(tx, scriptId)) + 1;
    const content = contentToPublish(script);
    await publishVersion(tx, { corpId, scriptId, version, content, authorUserId, reviewerUserId: null, createdAt: now, now });
    return { version };
  });
}
