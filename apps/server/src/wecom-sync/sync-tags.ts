import type { Deps } from '../feature.ts';
import { titlePinyin } from '../scripts/title-pinyin.ts';
import { replaceTags } from './tag-mirror.store.ts';

/** WeCom puts the larger `order` first; we count positions up from 0. Equal orders keep WeCom's sequence. */
const inOrder = <Item extends { order: number }>(items: readonly Item[]) => items.toSorted((a, b) => b.order - a.order);

/** All corp tags, in one read and one transaction. */
export async function syncTags(deps: Pick<Deps, 'db' | 'clock' | 'wecom' | 'config'>): Promise<void> {
  const asOf = deps.clock.now();
  const groups = inOrder((await deps.wecom.corpTags()).filter((group) => !group.deleted));
  const answer = {
    groups: groups.map(({ groupId, name }, position) => ({ groupId, name, position })),
    tags: groups.flatMap(({ groupId, tags }) =>
      inOrder(tags.filter((tag) => !tag.deleted)).map(({ tagId, name }, position) => ({
        tagId,
        groupId,
        name,
        pinyin: titlePinyin(name),
        position,
      })),
    ),
  };
  await deps.db.transaction((tx) => replaceTags(tx, deps.config.wecom.corpId, answer, asOf));
}
