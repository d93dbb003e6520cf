import type { ChangeTagsReply } from '@nextline/contract';
import { writeAudit } from '../audit/write-audit.ts';
import { requireOwnCustomer } from '../customers/require-customer.ts';
import { customerNotFound, tagNotFound, tagRejected } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { oweTagChange, settleOutboxNow } from '../wecom-sync/outbox.ts';
import { forGuides } from '../sentence.ts';
import { decideTags, type TagChoice } from './decide-tags.ts';
import { tagCatalogue } from './tag-catalogue.ts';
import { lockFollow, pruneRecentTags, readTagsOfFollow, rememberTags, setTagsOfFollow } from './tags.store.ts';

/** So long a tap waits for WeCom; a slower answer arrives later and the page shows the tag as on its way. */
const patienceMs = 3_000;
const keptRecents = 30;

/**
 * Changes the tags of one's own customer: store, pending mark and what we owe WeCom in one transaction, then WeCom. What WeCom refuses is taken back
 * and told.
 */
export async function changeTags(deps: Deps, who: Principal, externalUserId: string, choice: TagChoice): Promise<ChangeTagsReply> {
  const { db, clock, config } = deps;
  const { staffUserId } = who;
  const { corpId } = config.wecom;
  await requireOwnCustomer(deps, who, externalUserId);
  const { byId } = await tagCatalogue(deps);
  if (choice.add.some((tagId) => !byId.has(tagId))) throw tagNotFound();

  const now = clock.now();
  const write = await db.transaction(async (tx) => {
    const before = await lockFollow(tx, externalUserId, staffUserId);
    if (before === null) throw customerNotFound();
    const { tagIds, added, removed } = decideTags(before.tagIds, choice, byId);
    const changed = [...added, ...removed];
    if (changed.length === 0) return null;
    const pendingTagIds = [...new Set([...before.pendingTagIds, ...changed])];
    await setTagsOfFollow(tx, externalUserId, staffUserId, { tagIds, pendingTagIds });
    await rememberTags(tx, corpId, staffUserId, added, now);
    await pruneRecentTags(tx, staffUserId, keptRecents);
    await writeAudit(tx, {
      corpId,
      who,
      action: 'customer.tag',
      subject: { kind: 'customer', id: externalUserId },
      detail: { added, removed },
      at: now,
    });
    return oweTagChange(tx, { corpId, externalUserId, staffUserId, add: added, remove: removed, now });
  });
  const outcome = write === null ? { state: 'done' as const } : await settleOutboxNow(deps, write, { waitMs: patienceMs });
  if (outcome.state === 'refused') throw tagRejected(forGuides(outcome.reason));
  const after = await readTagsOfFollow(db, externalUserId, staffUserId);
  if (after === null) throw customerNotFound();
  return { ...after, sync: outcome.state === 'done' ? 'done' : 'pending' };
}
