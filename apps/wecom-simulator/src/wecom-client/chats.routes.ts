import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ControlRefusal, read } from '../control/refusal.ts';
import { iso, type Simulator } from '../simulator.ts';
import { appChat, conversation, markRead, summary, unreadCount } from '../world/conversations.ts';
import { appFace, avatarUrl, messageView, post } from '../world/relations.ts';
import { followKey, type GroupChat, type Staff } from '../world/world.ts';

const writeBody = z.object({
  text: z.string().min(1).max(4000),
  from: z.enum(['customer', 'staff']).default('customer'),
  sender: z.string().optional(),
});

type ChatParams = { Params: { staff: string; chat: string } };

export function registerChatRoutes(app: FastifyInstance, sim: Simulator): void {
  /** A staff member's list of chats, newest first: `{staff, chats}`. Contacts that staff has deleted are gone from it; the app's chat is there once it has said something. */
  app.get('/_sim/chats', (request) => {
    const staff = staffOf(sim, read(z.object({ staff: z.string() }), request.query).staff);
    const chats = [...singleChats(sim, staff.userid), ...groupChats(sim, staff.userid), ...appChats(sim, staff.userid)].toSorted(
      (a, b) => b.order - a.order,
    );
    const department = sim.world.departments.find(({ id }) => id === staff.departments[0])?.name ?? '';
    return {
      staff: { userid: staff.userid, name: staff.name, avatar: avatarUrl(sim, staff.avatar), position: staff.position, department },
      chats: chats.map(({ view }) => view),
    };
  });

  /** `{messages: [{id, from, msgtype, at, via, delivered, sender, …}]}`, oldest first; `text` is a string; `?limit=` takes the last ones. */
  app.get<ChatParams>('/_sim/chats/:staff/:chat/messages', (request) => {
    const { staff, chat } = chatOf(sim, request.params);
    const { limit } = read(z.object({ limit: z.coerce.number().int().min(1).optional() }), request.query);
    const messages = conversation(sim.world, staff, chat);
    return { messages: (limit === undefined ? messages : messages.slice(-limit)).map((message) => messageView(sim, message)) };
  });

  /** The customer writes `{text}`; with `from: "staff"` the staff member types by hand; `sender` says who in a group. 403 after the customer was deleted or has deleted. → the message */
  app.post<ChatParams>('/_sim/chats/:staff/:chat/messages', (request) => {
    const { staff, chat } = chatOf(sim, request.params);
    if (chat === appChat(sim.world)) throw new ControlRefusal(403, 'nobody reads what is written to the app');
    const body = read(writeBody, request.body);
    const follow = sim.world.follows.get(followKey(staff, chat));
    if (follow && follow.endedAt !== null && (body.from === 'customer' || follow.endedBy === 'staff')) {
      throw new ControlRefusal(403, 'they are no longer friends');
    }
    const sender = body.sender ?? (body.from === 'staff' ? staff : (sim.world.groupChats.get(chat)?.customers[0] ?? chat));
    const message = post(sim, { staff, chat }, { msgtype: 'text', text: body.text }, body.from, sender);
    if (body.from === 'staff') markRead(sim.world, staff, chat);
    return messageView(sim, message);
  });

  /** The staff member has looked at the chat. → `{ok}` */
  app.post<ChatParams>('/_sim/chats/:staff/:chat/read', (request) => {
    const { staff, chat } = chatOf(sim, request.params);
    markRead(sim.world, staff, chat);
    return { ok: true };
  });
}

interface ListedChat {
  order: number;
  view: object;
}

function singleChats(sim: Simulator, staff: string): ListedChat[] {
  return [...sim.world.follows.values()]
    .filter((follow) => follow.staff === staff && follow.endedBy !== 'staff')
    .flatMap((follow) => {
      const person = sim.world.people.get(follow.externalUserid);
      if (!person) return [];
      const about = {
        chat: person.externalUserid,
        kind: 'single',
        name: person.name,
        remark: follow.remark,
        avatar: avatarUrl(sim, person.avatar),
        corp_label: person.type === 1 ? '@微信' : `@${person.corpName ?? '企业微信'}`,
        relation: follow.endedBy === 'customer' ? 'deleted_by_customer' : 'active',
      };
      return [listed(sim, staff, about, follow.createdAt)];
    });
}

function groupChats(sim: Simulator, staff: string): ListedChat[] {
  return [...sim.world.groupChats.values()]
    .filter((group) => group.staff.includes(staff))
    .map((group) =>
      listed(
        sim,
        staff,
        {
          chat: group.chatId,
          kind: 'group',
          name: group.name,
          remark: '',
          avatar: '',
          member_avatars: memberAvatars(sim, group),
          members: group.staff.length + group.customers.length,
          internal: group.internal,
          corp_label: '',
          relation: 'active',
        },
        group.createdAt,
      ),
    );
}

function appChats(sim: Simulator, staff: string): ListedChat[] {
  const chat = appChat(sim.world);
  const [first] = conversation(sim.world, staff, chat);
  if (!first) return [];
  const about = { chat, kind: 'app', name: sim.world.app.name, remark: '', avatar: appFace(sim), corp_label: '', relation: 'active' };
  return [listed(sim, staff, about, first.at)];
}

function listed(sim: Simulator, staff: string, about: { chat: string; [field: string]: unknown }, createdAt: number): ListedChat {
  const last = conversation(sim.world, staff, about.chat).at(-1);
  return {
    order: last?.at ?? createdAt,
    view: {
      ...about,
      last: last ? { from: last.from, text: summary(last), at: iso(last.at) } : { from: 'customer', text: '', at: iso(createdAt) },
      unread: unreadCount(sim.world, staff, about.chat),
    },
  };
}

function memberAvatars(sim: Simulator, group: GroupChat): string[] {
  return [...group.staff, ...group.customers]
    .slice(0, 4)
    .map((id) => avatarUrl(sim, sim.world.staff.get(id)?.avatar ?? sim.world.people.get(id)?.avatar ?? ''));
}

function staffOf(sim: Simulator, userid: string): Staff {
  const staff = sim.world.staff.get(userid);
  if (!staff) throw new ControlRefusal(404, `no staff member ${userid}`);
  return staff;
}

function chatOf(sim: Simulator, params: { staff: string; chat: string }): { staff: string; chat: string } {
  const { staff, chat } = params;
  const known =
    sim.world.groupChats.get(chat)?.staff.includes(staff) ??
    (sim.world.follows.has(followKey(staff, chat)) || (chat === appChat(sim.world) && conversation(sim.world, staff, chat).length > 0));
  if (!known) throw new ControlRefusal(404, `${staff} has no chat ${chat}`);
  return { staff, chat };
}
