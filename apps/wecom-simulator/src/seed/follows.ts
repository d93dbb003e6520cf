import { followKey, type Follow, type World } from '../world/world.ts';
import { guidesOf, managerOf, stores, type Store } from './brand.ts';
import { seedHistory } from './history.ts';
import { seedPerson } from './people.ts';
import type { Random } from './random.ts';
import { tagIdByName } from './tags.ts';
import { appendMessage } from '../world/conversations.ts';

const day = 86_400_000;

/** How customers meet a guide: what WeCom then says in `state` and `add_way`, and the tag it usually earns. */
const sources: readonly { weight: number; addWay: number; state: (store: Store) => string; tag: string | null }[] = [
  { weight: 40, addWay: 1, state: (store) => `store-${store.code}`, tag: '门店扫码' },
  { weight: 12, addWay: 1, state: () => 'mall-spring', tag: '商场活动' },
  { weight: 10, addWay: 1, state: () => 'live-0601', tag: '直播间' },
  { weight: 8, addWay: 1, state: () => 'miniapp-home', tag: '小程序' },
  { weight: 10, addWay: 3, state: () => '', tag: '朋友推荐' },
  { weight: 8, addWay: 2, state: () => '', tag: null },
  { weight: 5, addWay: 16, state: () => 'ca-oa-menu', tag: '公众号' },
  { weight: 4, addWay: 4, state: () => '', tag: null },
  { weight: 3, addWay: 202, state: () => '', tag: null },
];

/** Some tags are far more common than others, and a skin type is given once. */
const skinTypes = ['干皮', '油皮', '混合', '敏感肌', '痘肌'];
const commonTags = [
  '抗初老',
  '泛红',
  '毛孔',
  '美白',
  '补水',
  '黑眼圈',
  '晚间在线',
  '晚间在线',
  '午休在线',
  '周末在线',
  '会员日',
  '618',
  '试用装',
  '复购',
  '复购',
  '首单',
  '首单',
  '高客单',
  '价格敏感',
  '送礼',
  '要小样',
  '孕期',
  '宝妈',
  '学生',
  '过敏史',
  '沉睡',
];

/**
 * Adds `count` customers with their follows and chats to the world. Some are followed by two people of the store, some relations have
 * ended. `today` is midnight in Shanghai.
 */
export function seedCustomers(world: World, random: Random, count: number, today: number): void {
  const taken = new Set([...world.people.values()].map((person) => person.name));
  for (let n = 0; n < count; n += 1) {
    const { person, remark } = seedPerson(random, taken);
    world.people.set(person.externalUserid, person);
    // The first store's guide opens the demo: her list is longer than the others'.
    const store = random.pick(stores);
    const guide = store.code === 'njxl' && random.chance(0.4) ? 'zhouyining' : random.pick(guidesOf(store.departmentId));
    const first = seedFollow(world, random, { staff: guide, externalUserid: person.externalUserid, remark, store, today });
    let other: Follow | null = null;
    if (random.chance(0.1)) {
      const others = [...guidesOf(store.departmentId), ...managerOf(store.departmentId)].filter((userid) => userid !== guide);
      const second = random.pick(others);
      other = seedFollow(world, random, { staff: second, externalUserid: person.externalUserid, remark, store, today });
    }
    if (random.chance(0.07) && first.createdAt < today - 3 * day) {
      const known = Math.floor((today - first.createdAt) / day);
      first.endedAt = today - random.between(1, Math.min(40, known - 1)) * day + 20 * 3_600_000;
      first.endedBy = random.chance(0.8) ? 'customer' : 'staff';
    }
    seedConversation(world, random, first, store, today);
    if (other) seedConversation(world, random, other, store, today);
  }
}

function seedFollow(
  world: World,
  random: Random,
  pair: { staff: string; externalUserid: string; remark: string; store: Store; today: number },
): Follow {
  const source = weighted(random);
  const state = source.state(pair.store);
  // Most customers of a young corp came in the last half year.
  const daysAgo = random.chance(0.7) ? random.between(2, 180) : random.between(181, 700);
  const person = world.people.get(pair.externalUserid);
  const follow: Follow = {
    staff: pair.staff,
    externalUserid: pair.externalUserid,
    remark: pair.remark,
    description: random.chance(0.12)
      ? random.pick(['周末来店', '给妈妈买', '只用无香', '对酒精过敏', '公司在楼上，午休来', '爱问成分，回答要具体'])
      : '',
    createdAt: pair.today - daysAgo * day + random.between(10, 21) * 3_600_000 + random.between(0, 59) * 60_000,
    tagIds: seedTags(world, random, source.tag),
    remarkCorpName: person?.corpName ?? '',
    remarkMobiles: random.chance(0.25) ? [`13${random.between(100_000_000, 999_999_999)}`] : [],
    addWay: source.addWay,
    state,
    operUserid: source.addWay === 202 ? 'shenqiao' : source.addWay === 1 || source.addWay === 16 ? pair.externalUserid : pair.staff,
    half: false,
    endedAt: null,
    endedBy: null,
  };
  world.follows.set(followKey(pair.staff, pair.externalUserid), follow);
  return follow;
}

function seedTags(world: World, random: Random, sourceTag: string | null): string[] {
  if (random.chance(0.08)) return [];
  const names = new Set<string>([random.pick(skinTypes)]);
  if (sourceTag !== null) names.add(sourceTag);
  for (let n = random.between(0, 4); n > 0; n -= 1) names.add(random.pick(commonTags));
  return [...names].map((name) => tagIdByName(world.tagGroups, name));
}

function seedConversation(world: World, random: Random, follow: Follow, store: Store, today: number): void {
  const person = world.people.get(follow.externalUserid);
  const lines = seedHistory(random, {
    called: calledBy(follow.remark, person?.name ?? ''),
    guide: world.staff.get(follow.staff)?.name ?? '',
    store: store.name,
    addedAt: follow.createdAt,
    endedAt: follow.endedAt,
    today,
  });
  for (const line of lines) {
    const sender = line.from === 's' ? follow.staff : follow.externalUserid;
    appendMessage(
      world,
      { staff: follow.staff, chat: follow.externalUserid },
      { ...line.body, from: line.from === 's' ? 'staff' : 'customer', sender, at: line.at, via: 'hand' },
    );
  }
  const unread = lines.at(-1)?.from === 'c' && random.chance(0.35) ? 1 : 0;
  world.readUpTo.set(followKey(follow.staff, follow.externalUserid), lines.length - unread);
}

/** `王姐·晓雯` and `王姐 敏感肌` are remarks; one says 王姐. */
function calledBy(remark: string, nickname: string): string {
  return remark.split(/[ ·]/)[0] || nickname;
}

function weighted(random: Random): (typeof sources)[number] {
  let rest = random.next() * 100;
  for (const source of sources) {
    rest -= source.weight;
    if (rest < 0) return source;
  }
  throw new RangeError('the weights of the sources must sum to 100');
}
