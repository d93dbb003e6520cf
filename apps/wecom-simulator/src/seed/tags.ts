import type { TagGroup } from '../world/world.ts';
import type { Random } from './random.ts';

const groups: readonly (readonly [name: string, tags: readonly string[]])[] = [
  ['肤质', ['干皮', '油皮', '混合', '敏感肌', '痘肌']],
  ['在意什么', ['抗初老', '泛红', '毛孔', '美白', '补水', '黑眼圈', '痘印', '防晒']],
  ['作息', ['上午在线', '午休在线', '晚间在线', '周末在线']],
  ['活动', ['618', '会员日', '试用装', '空瓶回收', '新品沙龙', '双11']],
  ['客户来源', ['门店扫码', '朋友推荐', '小程序', '直播间', '公众号', '商场活动']],
  ['价值', ['复购', '高客单', '首单', '沉睡', '价格敏感', '送礼', '要小样']],
  ['特别留意', ['孕期', '哺乳期', '过敏史', '医美术后', '学生', '宝妈']],
];

export function seedTagGroups(random: Random, createdAt: number): TagGroup[] {
  return groups.map(([name, tags], groupNumber) => ({
    groupId: `etSH${random.text(28)}`,
    name,
    createdAt,
    order: groups.length - groupNumber,
    byApp: false,
    tags: tags.map((tag, n) => ({ tagId: `etSH${random.text(28)}`, name: tag, createdAt, order: tags.length - n, byApp: false })),
  }));
}

/** The id of a tag of the seed, by its name. */
export function tagIdByName(tagGroups: readonly TagGroup[], name: string): string {
  const found = tagGroups.flatMap((group) => group.tags).find((tag) => tag.name === name);
  if (!found) throw new RangeError(`the seed has no tag ${name}`);
  return found.tagId;
}
