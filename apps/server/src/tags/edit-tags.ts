import { writeAudit } from '../audit/write-audit.ts';
import { AppError, requestInvalid, tagNotFound } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { syncTags } from '../wecom-sync/sync-tags.ts';
import { within } from '../within.ts';
import { forgetTagCatalogue, tagCatalogue } from './tag-catalogue.ts';
import { isNews, refusalOf, tagNameTaken, tagNotOurs } from './tag-refusals.ts';
import { setSingleChoice } from './tags.store.ts';

const groupNotFound = () =>
  new AppError({
    code: 'tag.not_found',
    status: 404,
    sentence: { 'zh-CN': '没有这个标签组，它可能刚被删掉。', en: 'There is no such tag group. It may just have been deleted.' },
  });

/** Reads what WeCom has now: after a change of ours it sends no callback. */
async function mirror(deps: Deps): Promise<void> {
  await syncTags(deps);
  forgetTagCatalogue(deps);
}

/** Longer nobody waits for a look at what may have become of a change that failed: the next sync tells. */
const lookAtMostMs = 3_000;

/** After a change that failed. The failure is what is told, whatever becomes of the look. */
async function lookWhatBecame(deps: Deps): Promise<void> {
  await within(lookAtMostMs, mirror(deps), () => new Error('too slow')).catch((failure: unknown) =>
    deps.log.debug({ err: failure }, 'the tags could not be read just now'),
  );
}

/** Changes WeCom, then our mirror of it, then notes who did it. What WeCom refuses is told in words and changes nothing here. */
async function atWeCom(
  deps: Deps,
  who: Principal,
  change: {
    action: 'tag.create' | 'tag.rename' | 'tag.delete' | 'tag.order';
    id: string;
    name: string;
    wanted?: readonly string[];
    detail: Record<string, unknown>;
  },
  call: () => Promise<unknown>,
): Promise<void> {
  const { corpId } = deps.config.wecom;
  try {
    await call();
  } catch (error) {
    if (isNews(error)) await lookWhatBecame(deps);
    throw refusalOf(error, change.name, change.wanted ?? [change.name]);
  }
  await writeAudit(deps.db, {
    corpId,
    who,
    action: change.action,
    subject: { kind: 'tag', id: change.id },
    detail: change.detail,
    at: deps.clock.now(),
  });
  await mirror(deps);
}

function spoken(names: readonly string[]): string[] {
  const trimmed = names.map((name) => name.trim());
  if (trimmed.some((name) => name === ''))
    throw requestInvalid([{ path: 'body.names', message: { 'zh-CN': '标签名不能是空的。', en: 'The name of a tag cannot be empty.' } }]);
  const twice = trimmed.find((name, n) => trimmed.indexOf(name) !== n);
  if (twice !== undefined)
    throw requestInvalid([{ path: 'body.names', message: { 'zh-CN': `「${twice}」写了两次。`, en: `“${twice}” is there twice.` } }]);
  return trimmed;
}

/** A new group with its first tags: WeCom knows no empty group. */
export async function createTagGroup(deps: Deps, who: Principal, group: { name: string; tags: readonly string[] }): Promise<void> {
  const name = group.name.trim();
  const tags = spoken(group.tags);
  const { groups } = await tagCatalogue(deps);
  if (groups.some((one) => one.name === name)) throw tagNameTaken(name);
  const tag = { action: 'tag.create' as const, id: '*', name, detail: { group: name, tags } };
  await atWeCom(deps, who, tag, () =>
    deps.wecom.addCorpTag({ groupName: name, tags: tags.map((one, n) => ({ name: one, order: tags.length - n })) }),
  );
}

export async function addTags(deps: Deps, who: Principal, groupId: string, names: readonly string[]): Promise<void> {
  const wanted = spoken(names);
  const group = (await tagCatalogue(deps)).groups.find((one) => one.groupId === groupId);
  if (group === undefined) throw groupNotFound();
  const taken = wanted.find((name) => group.tags.some((tag) => tag.name === name));
  if (taken !== undefined) throw tagNameTaken(taken);
  const change = { action: 'tag.create' as const, id: groupId, name: group.name, wanted, detail: { group: group.name, tags: wanted } };
  await atWeCom(deps, who, change, () => deps.wecom.addCorpTag({ groupId, tags: wanted.map((name) => ({ name })) }));
}

/** Another name for a group, or whether only one of its tags can be worn: that rule is ours, WeCom does not know it. */
export async function changeTagGroup(
  deps: Deps,
  who: Principal,
  groupId: string,
  change: { name?: string | undefined; singleChoice?: boolean | undefined },
): Promise<void> {
  const { corpId } = deps.config.wecom;
  const { groups } = await tagCatalogue(deps);
  const group = groups.find((one) => one.groupId === groupId);
  if (group === undefined) throw groupNotFound();
  const name = change.name?.trim();
  if (name !== undefined && name !== group.name) {
    if (groups.some((one) => one.name === name)) throw tagNameTaken(name);
    const rename = { action: 'tag.rename' as const, id: groupId, name: group.name, wanted: [name], detail: { from: group.name, to: name } };
    await atWeCom(deps, who, rename, () => deps.wecom.editCorpTag({ id: groupId, name }));
  }
  const { singleChoice } = change;
  if (singleChoice === undefined || singleChoice === group.singleChoice) return;
  await deps.db.transaction(async (tx) => {
    await setSingleChoice(tx, groupId, singleChoice);
    const subject = { kind: 'tag', id: groupId };
    await writeAudit(tx, {
      corpId,
      who,
      action: 'tag.single_choice',
      subject,
      detail: { group: group.name, singleChoice },
      at: deps.clock.now(),
    });
  });
  forgetTagCatalogue(deps);
}

export async function renameTag(deps: Deps, who: Principal, tagId: string, wanted: string): Promise<void> {
  const name = wanted.trim();
  const { groups } = await tagCatalogue(deps);
  const group = groups.find((one) => one.tags.some((tag) => tag.tagId === tagId));
  const tag = group?.tags.find((one) => one.tagId === tagId);
  if (group === undefined || tag === undefined) throw tagNotFound();
  if (tag.name === name) return;
  if (group.tags.some((one) => one.name === name)) throw tagNameTaken(name);
  const change = { action: 'tag.rename' as const, id: tagId, name: tag.name, wanted: [name], detail: { from: tag.name, to: name } };
  await atWeCom(deps, who, change, () => deps.wecom.editCorpTag({ id: tagId, name }));
}

export async function deleteTag(deps: Deps, who: Principal, tagId: string): Promise<void> {
  const tag = (await tagCatalogue(deps)).byId.get(tagId);
  if (tag === undefined) throw tagNotFound();
  const change = { action: 'tag.delete' as const, id: tagId, name: tag.name, detail: { name: tag.name } };
  await atWeCom(deps, who, change, () => deps.wecom.deleteCorpTags({ tagIds: [tagId] }));
}

export async function deleteTagGroup(deps: Deps, who: Principal, groupId: string): Promise<void> {
  const group = (await tagCatalogue(deps)).groups.find((one) => one.groupId === groupId);
  if (group === undefined) throw groupNotFound();
  const change = { action: 'tag.delete' as const, id: groupId, name: group.name, detail: { group: group.name, tags: group.tags.length } };
  await atWeCom(deps, who, change, () => deps.wecom.deleteCorpTags({ groupIds: [groupId] }));
}

/** A new order of groups, or of the tags of one. WeCom sorts by number, the larger first; what it will not let us number keeps its place there and is named. */
export async function orderTags(deps: Deps, who: Principal, ids: readonly string[], groupId: string | null): Promise<void> {
  const { corpId } = deps.config.wecom;
  const { groups } = await tagCatalogue(deps);
  const group = groups.find((one) => one.groupId === groupId);
  if (groupId !== null && group === undefined) throw groupNotFound();
  const names = new Map(group ? group.tags.map((tag) => [tag.tagId, tag.name]) : groups.map((one) => [one.groupId, one.name]));
  const wanted = new Set(ids);
  if (wanted.size !== ids.length || wanted.size !== names.size || ids.some((id) => !names.has(id)))
    throw new AppError({
      code: 'tag.changed',
      status: 409,
      sentence: {
        'zh-CN': '刚才有人改过标签，列表已刷新，请再排一次。',
        en: 'Somebody just changed the tags. The list is fresh now, please order it again.',
      },
    });
  const refused: string[] = [];
  for (const [n, id] of ids.entries()) {
    const name = names.get(id) ?? id;
    try {
      await deps.wecom.editCorpTag({ id, order: ids.length - n });
    } catch (error) {
      const refusal = refusalOf(error, name, []);
      if (!(refusal instanceof AppError) || refusal.code !== 'tag.not_ours') {
        // Those before it have their new place at WeCom.
        if (n > 0 || isNews(error)) await lookWhatBecame(deps);
        throw refusal;
      }
      refused.push(name);
    }
  }
  await writeAudit(deps.db, {
    corpId,
    who,
    action: 'tag.order',
    subject: { kind: 'tag', id: groupId ?? '*' },
    detail: { ids, refused },
    at: deps.clock.now(),
  });
  await mirror(deps);
  if (refused.length > 0) throw tagNotOurs(refused);
}
