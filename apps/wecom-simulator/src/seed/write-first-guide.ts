import { appendMessage } from '../world/conversations.ts';
import type { MessageBody } from '../world/message.ts';
import { followKey, type World } from '../world/world.ts';
import { writtenCustomers, type SeedLine, type SeedTime, type WrittenCustomer } from './first-guide.ts';
import type { Random } from './random.ts';
import { tagIdByName } from './tags.ts';

const minute = 60_000;
const day = 86_400_000;
const guide = 'zhouyining';

/** Puts the hand-written customers of the first guide into the world, before all others. `today` is midnight in Shanghai. */
export function writeFirstGuide(world: World, random: Random, start: { now: number; today: number }): void {
  for (const customer of writtenCustomers) writeCustomer(world, random, customer, start);
}

function writeCustomer(world: World, random: Random, written: WrittenCustomer, start: { now: number; today: number }): void {
  const externalUserid = `wmSHAAC${random.text(25)}`;
  const { name, avatar, gender } = written;
  world.people.set(externalUserid, {
    externalUserid,
    name,
    avatar,
    gender,
    type: 1,
    unionid: `oSH${random.text(25)}`,
    corpName: null,
    position: null,
  });
  const spoken = written.lines.map((line) => ({ line, at: timeOf(line[2], start) }));
  world.follows.set(followKey(guide, externalUserid), {
    staff: guide,
    externalUserid,
    remark: written.remark,
    description: '',
    createdAt: Math.min(start.today - written.addedDaysAgo * day + 15 * 60 * minute, ...spoken.map(({ at }) => at - minute)),
    tagIds: written.tags.map((tag) => tagIdByName(world.tagGroups, tag)),
    remarkCorpName: '',
    remarkMobiles: [],
    addWay: written.addWay,
    state: written.state,
    operUserid: written.addWay === 1 ? externalUserid : guide,
    half: false,
    endedAt: null,
    endedBy: null,
  });
  for (const { line, at } of spoken) {
    const from = line[0] === 's' ? 'staff' : 'customer';
    const sender = from === 'staff' ? guide : externalUserid;
    appendMessage(world, { staff: guide, chat: externalUserid }, { ...bodyOf(line), from, sender, at, via: 'hand' });
  }
  world.readUpTo.set(followKey(guide, externalUserid), written.lines.length - written.unread);
}

function bodyOf([, what]: SeedLine): MessageBody {
  if (typeof what === 'string') return { msgtype: 'text', text: what };
  if ('picture' in what) {
    return { msgtype: 'image', mediaId: '', url: `/pictures/${what.picture}.svg`, fileName: `${what.picture}.svg` };
  }
  return {
    msgtype: 'miniprogram',
    miniprogram: { appid: 'wx5a3f0c9b7e2d4186', title: what.miniprogram, imgUrl: '/pictures/points.svg', page: 'pages/points/index.html' },
  };
}

function timeOf(when: SeedTime, start: { now: number; today: number }): number {
  if ('minutesAgo' in when) return start.now - when.minutesAgo * minute;
  const [hours = 0, minutes = 0] = when.at.split(':').map(Number);
  return start.today - when.daysAgo * day + (hours * 60 + minutes) * minute;
}
