import { randomId, lifetimes } from '../issued.ts';
import type { Simulator } from '../simulator.ts';
import { tellContactChange } from '../callbacks/events.ts';
import { appendMessage } from './conversations.ts';
import type { Message, MessageBody } from './message.ts';
import { followKey, type Follow, type Person } from './world.ts';

/** A person on WeChat whom no guide knows yet. */
export function createPerson(sim: Simulator, named: { name: string; gender?: 0 | 1 | 2; avatar?: string }): Person {
  const person: Person = {
    externalUserid: `wmSHAAC${randomId(24)
      .replaceAll(/[^A-Za-z0-9]/g, '0')
      .slice(0, 25)}`,
    name: named.name,
    avatar: named.avatar ?? 'sprout-5',
    type: 1,
    gender: named.gender ?? 0,
    unionid: `oSH${randomId(20)}`,
    corpName: null,
    position: null,
  };
  sim.world.people.set(person.externalUserid, person);
  return person;
}

export interface Meeting {
  staff: string;
  externalUserid: string;
  state: string;
  addWay: number;
  /** The customer scanned a skip-verify code and the staff member has not confirmed yet. */
  half?: boolean;
}

/** A customer and a staff member become friends: relation, greeting, callback with a WelcomeCode that lives for 20 s. */
export function meet(sim: Simulator, meeting: Meeting): Follow {
  const { world, clock } = sim;
  const key = followKey(meeting.staff, meeting.externalUserid);
  const former = world.follows.get(key);
  const follow: Follow = {
    staff: meeting.staff,
    externalUserid: meeting.externalUserid,
    remark: former?.remark ?? '',
    description: former?.description ?? '',
    createdAt: clock.now(),
    tagIds: former?.endedBy === 'customer' ? former.tagIds : [],
    remarkCorpName: '',
    remarkMobiles: [],
    addWay: meeting.addWay,
    state: meeting.state,
    operUserid: meeting.addWay === 1 ? meeting.externalUserid : meeting.staff,
    half: meeting.half ?? false,
    endedAt: null,
    endedBy: null,
  };
  world.follows.set(key, follow);
  post(
    sim,
    { staff: meeting.staff, chat: meeting.externalUserid },
    { msgtype: 'system', text: '你们已经是好友，现在可以聊天了' },
    'customer',
    meeting.externalUserid,
  );
  tellBeginning(sim, follow);
  return follow;
}

/** The staff member confirms who had scanned a skip-verify code. Whoever was welcomed on that occasion is not welcomed again. */
export function confirm(sim: Simulator, follow: Follow): void {
  follow.half = false;
  tellBeginning(sim, follow);
}

function tellBeginning(sim: Simulator, follow: Follow): void {
  const { staff, externalUserid, state, half } = follow;
  const change = half ? 'add_half_external_contact' : 'add_external_contact';
  tellContactChange(sim, change, follow, { State: state === '' ? undefined : state, WelcomeCode: newWelcomeCode(sim, follow) });
  sim.news.publish({ type: 'follow', staff, external_userid: externalUserid, change: half ? 'half_added' : 'added' });
}

/** None for members of other corps, none when the console welcomes by itself, and one welcome per acquaintance. */
function newWelcomeCode(sim: Simulator, { staff, externalUserid, createdAt }: Follow): string | undefined {
  const { world, issued, clock } = sim;
  if (world.console.welcomesByItself || world.people.get(externalUserid)?.type === 2) return undefined;
  const welcomed = [...issued.welcomeCodes.values()].some(
    (one) => one.used && one.staff === staff && one.externalUserid === externalUserid && one.expiresAt - lifetimes.welcomeMs >= createdAt,
  );
  if (welcomed) return undefined;
  const code = randomId(32);
  issued.welcomeCodes.set(code, { staff, externalUserid, expiresAt: clock.now() + lifetimes.welcomeMs, used: false });
  return code;
}

/** One side deletes the other. When the customer does it, the staff member keeps the contact and does not see it. */
export function part(sim: Simulator, follow: Follow, by: 'customer' | 'staff'): void {
  follow.endedAt = sim.clock.now();
  follow.endedBy = by;
  tellContactChange(sim, by === 'customer' ? 'del_follow_user' : 'del_external_contact', follow);
  sim.news.publish({ type: 'follow', staff: follow.staff, external_userid: follow.externalUserid, change: 'ended' });
}

/** An administrator has handed a customer to somebody else, and the day in which she could have refused is over. */
export function transfer(sim: Simulator, follow: Follow, to: string): void {
  follow.endedAt = sim.clock.now();
  follow.endedBy = 'staff';
  tellContactChange(sim, 'del_external_contact', follow, { Source: 'DELETE_BY_TRANSFER' });
  sim.news.publish({ type: 'follow', staff: follow.staff, external_userid: follow.externalUserid, change: 'ended' });
  meet(sim, { staff: to, externalUserid: follow.externalUserid, state: '', addWay: 202 });
}

/** She has refused to be handed over, or knows too many people already: she stays where she is. */
export function refuseTransfer(sim: Simulator, follow: Follow, to: string, reason: 'customer_refused' | 'customer_limit_exceed'): void {
  tellContactChange(sim, 'transfer_fail', { staff: to, externalUserid: follow.externalUserid }, { FailReason: reason });
}

/** Puts a message into a chat and shows it to the client page. */
export function post(
  sim: Simulator,
  chat: { staff: string; chat: string },
  body: MessageBody,
  from: Message['from'],
  sender: string,
  via: Message['via'] = 'hand',
): Message {
  const message = appendMessage(sim.world, chat, { ...body, from, sender, at: sim.clock.now(), via });
  sim.news.publish({ type: 'message', ...chat, message: messageView(sim, message) });
  return message;
}

/** A message as the control API and the client page get it. */
export function messageView(sim: Simulator, message: Message): object {
  const { id, from, sender, at, via, delivered, ...body } = message;
  const person = sim.world.staff.get(sender) ?? sim.world.people.get(sender);
  const name = from === 'app' ? sim.world.app.name : (person?.name ?? sender);
  return {
    id,
    from,
    ...body,
    at: new Date(at).toISOString(),
    via,
    delivered,
    sender: { id: sender, name, avatar: from === 'app' ? appFace(sim) : avatarUrl(sim, person?.avatar ?? '') },
  };
}

export function avatarUrl(sim: Simulator, id: string): string {
  return id === '' ? '' : `${sim.urls.own}/avatars/${id}.svg`;
}

/** The mark of the client page stands for the app. */
export function appFace(sim: Simulator): string {
  return `${sim.urls.own}/mark.svg`;
}

/** The relation as WeCom still has it: gone when staff ended it, kept when only the customer did. */
export function knownFollow(sim: Simulator, staff: string, externalUserid: string): Follow | null {
  const follow = sim.world.follows.get(followKey(staff, externalUserid));
  return !follow || follow.endedBy === 'staff' ? null : follow;
}
