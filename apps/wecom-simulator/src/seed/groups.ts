import { appendMessage } from '../world/conversations.ts';
import { followKey, type World } from '../world/world.ts';
import { guidesOf, managerOf, stores } from './brand.ts';
import type { Random } from './random.ts';

const hour = 3_600_000;
const day = 24 * hour;

const memberTalk: readonly (readonly [from: 'c' | 's', text: string])[] = [
  ['s', '今天到店的姐妹可以领防晒小样，报群名就行'],
  ['c', '还有吗，我下班过去'],
  ['s', '有的，给大家留到晚上九点'],
  ['c', '上次的护肤小课讲得好，什么时候再有'],
  ['s', '下周五晚上七点半，讲换季泛红'],
  ['c', '报名'],
  ['c', '+1'],
];

/** A members' group for each store, and the morning group of the first one, which has no customers in it. */
export function seedGroupChats(world: World, random: Random, today: number): void {
  for (const store of stores) {
    const guides = guidesOf(store.departmentId);
    const owner = guides[0] ?? '';
    const customers = [...world.follows.values()]
      .filter((follow) => guides.includes(follow.staff) && follow.endedAt === null)
      .slice(0, random.between(14, 30))
      .map((follow) => follow.externalUserid);
    const chatId = addGroup(world, random, {
      name: `素蘅${store.name}会员群`,
      owner,
      staff: guides,
      customers: [...new Set(customers)],
      createdAt: today - 200 * day,
      internal: false,
    });
    memberTalk.forEach(([from, text], n) => {
      const sender = from === 's' ? owner : random.pick(customers);
      const at = today - 2 * day + 18 * hour + n * 7 * 60_000;
      appendMessage(
        world,
        { staff: owner, chat: chatId },
        { msgtype: 'text', text, from: from === 's' ? 'staff' : 'customer', sender, at, via: 'hand' },
      );
    });
    for (const staff of guides) world.readUpTo.set(followKey(staff, chatId), memberTalk.length);
  }
  const team = [...managerOf(11), ...guidesOf(11)];
  const chatId = addGroup(world, random, {
    name: '南京西路店·早会',
    owner: 'lujiaming',
    staff: team,
    customers: [],
    createdAt: today - 400 * day,
    internal: true,
  });
  const lines = ['今天主推舒缓精华，换季泛红的客户优先', '收到', '今天还有 4 位没回访'];
  lines.forEach((text, n) => {
    const sender = n === 1 ? 'zhouyining' : 'lujiaming';
    appendMessage(
      world,
      { staff: sender, chat: chatId },
      { msgtype: 'text', text, from: 'staff', sender, at: today - day + 13 * hour + n * 9 * 60_000, via: 'hand' },
    );
  });
  for (const staff of team) world.readUpTo.set(followKey(staff, chatId), lines.length);
}

function addGroup(
  world: World,
  random: Random,
  group: { name: string; owner: string; staff: string[]; customers: string[]; createdAt: number; internal: boolean },
): string {
  const chatId = `wrSHAAC${random.text(25)}`;
  world.groupChats.set(chatId, { chatId, ...group });
  return chatId;
}
