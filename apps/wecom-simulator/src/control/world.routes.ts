import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { verifyCallbackUrl } from '../callbacks/callback-sender.ts';
import { tellStaffChange } from '../callbacks/events.ts';
import { guidesOf, stores } from '../seed/brand.ts';
import type { Simulator } from '../simulator.ts';
import { avatarUrl } from '../world/relations.ts';
import type { Follow } from '../world/world.ts';
import { ControlRefusal, read } from './refusal.ts';

const corpBody = z.strictObject({
  secret: z.string().min(1).optional(),
  trusted_hosts: z.array(z.string()).optional(),
  trusted_ips: z.array(z.string()).nullable().optional(),
  egress_ips: z.array(z.string()).min(1).nullable().optional(),
  callable: z.boolean().optional(),
  visible_staff: z.array(z.string()).nullable().optional(),
  without_customer_contact: z.array(z.string()).optional(),
  linked_miniprograms: z.array(z.string()).nullable().optional(),
  unlicensed_staff: z.array(z.string()).optional(),
  most_per_page: z.int().min(1).nullable().optional(),
  welcomes_by_itself: z.boolean().optional(),
  calls_per_minute: z.int().min(1).optional(),
  calls_per_hour: z.int().min(1).optional(),
  callback: z
    .strictObject({
      url: z.url().optional(),
      token: z.string().optional(),
      aes_key: z
        .string()
        .regex(/^[A-Za-z0-9]{43}$/)
        .optional(),
    })
    .optional(),
  revoke_tokens: z.boolean().optional(),
  revoke_tickets: z.boolean().optional(),
});

const staffBody = z.strictObject({
  userid: z.string().min(1).max(64),
  name: z.string().min(1).optional(),
  department: z.int().optional(),
  position: z.string().optional(),
  status: z.union([z.literal(1), z.literal(2), z.literal(4), z.literal(5)]).optional(),
  silent: z.boolean().default(false),
});

export function registerWorldRoutes(app: FastifyInstance, sim: Simulator): void {
  /** Everything the simulated corp holds. `follows` are the relations that still stand; those that ended are in `ended_follows`. */
  app.get('/_sim/world', () => worldView(sim));

  /**
   * Back to the seed: people, chats, tags, console, clock, faults, callback switches. Tokens, tickets and media keep living. `{customers?}`:
   * a brand of this many (up to 100,000) from now on; the first of them stay the same people. → `{ok, customers}`
   */
  app.post('/_sim/reset', (request) => {
    const { customers } = read(z.object({ customers: z.int().min(0).max(100_000).optional() }), request.body ?? {});
    sim.reset({ customers });
    return { ok: true, customers: sim.world.people.size };
  });

  /**
   * The administrator's console: secret, `trusted_hosts` (host with port, exact), `trusted_ips` (null = all), `egress_ips` (where the
   * product's calls seem to come from, in turn; null = where they do), `callable` (app is listed in
   * 可调用接口的应用), `visible_staff` (null = all), `without_customer_contact`, `unlicensed_staff`, `most_per_page` (null = WeCom's own), `welcomes_by_itself`
   * (no WelcomeCode), limits, the callback's settings; `revoke_tokens` and `revoke_tickets` end what was issued before its time. Answers the settings as they
   * are now.
   */
  app.post('/_sim/corp', (request) => {
    const body = read(corpBody, request.body);
    const { app: wecomApp, callback, console } = sim.world;
    if (body.secret !== undefined) wecomApp.secret = body.secret;
    if (body.trusted_hosts !== undefined) console.trustedHosts = body.trusted_hosts;
    if (body.trusted_ips !== undefined) console.trustedIps = body.trusted_ips;
    if (body.egress_ips !== undefined) console.egressIps = body.egress_ips;
    if (body.callable !== undefined) console.callable = body.callable;
    if (body.visible_staff !== undefined) console.visibleStaff = body.visible_staff;
    if (body.without_customer_contact !== undefined) console.withoutCustomerContact = body.without_customer_contact;
    if (body.linked_miniprograms !== undefined) console.linkedMiniprograms = body.linked_miniprograms;
    if (body.unlicensed_staff !== undefined) console.unlicensedStaff = body.unlicensed_staff;
    if (body.most_per_page !== undefined) console.mostPerPage = body.most_per_page;
    if (body.welcomes_by_itself !== undefined) console.welcomesByItself = body.welcomes_by_itself;
    if (body.calls_per_minute !== undefined) console.callsPerMinute = body.calls_per_minute;
    if (body.calls_per_hour !== undefined) console.callsPerHour = body.calls_per_hour;
    if (body.callback?.url !== undefined) callback.url = body.callback.url;
    if (body.callback?.token !== undefined) callback.token = body.callback.token;
    if (body.callback?.aes_key !== undefined) callback.aesKey = body.callback.aes_key;
    if (body.revoke_tokens === true) sim.issued.accessToken.revoke();
    if (body.revoke_tickets === true) {
      sim.issued.corpTicket.revoke();
      sim.issued.agentTicket.revoke();
    }
    return corpView(sim);
  });

  /** The console's settings as they are. */
  app.get('/_sim/corp', () => corpView(sim));

  /** Saves the callback URL as the console does: asks it to decrypt a text within 1 s. → `{ok, status, reason}` */
  app.post('/_sim/callbacks/verify', () => verifyCallbackUrl(sim.world));

  /**
   * A member of staff comes, changes or leaves (`status` 5), with the callback; `silent` without it: what an app of the corp's own is told in earnest,
   * which is nothing. Without `name`, `userid` must exist. → `{userid}`
   */
  app.post('/_sim/staff', (request) => {
    const body = read(staffBody, request.body);
    const known = sim.world.staff.get(body.userid);
    if (!known && body.name === undefined) throw new ControlRefusal(404, `no staff member ${body.userid}; give a name to make one`);
    const departments = body.department === undefined ? (known?.departments ?? [1]) : [body.department];
    if (body.status === 5) {
      sim.world.staff.delete(body.userid);
      if (!body.silent) tellStaffChange(sim, 'delete_user', body.userid);
      return { userid: body.userid };
    }
    sim.world.staff.set(body.userid, {
      ...(known ?? { isLeader: false, gender: 0, mobile: '', avatar: 'bun-0' }),
      userid: body.userid,
      name: body.name ?? known?.name ?? body.userid,
      position: body.position ?? known?.position ?? '美容顾问',
      departments,
      status: body.status ?? known?.status ?? 1,
    });
    if (!body.silent) tellStaffChange(sim, known ? 'update_user' : 'create_user', body.userid, departments);
    return { userid: body.userid };
  });
}

function corpView({ world }: Simulator): object {
  const { console } = world;
  return {
    corp: { corp_id: world.corp.corpId, name: world.corp.name },
    app: { agent_id: world.app.agentId, secret: world.app.secret },
    callback: { url: world.callback.url, token: world.callback.token, aes_key: world.callback.aesKey },
    console: {
      trusted_hosts: console.trustedHosts,
      trusted_ips: console.trustedIps,
      egress_ips: console.egressIps,
      callable: console.callable,
      visible_staff: console.visibleStaff,
      without_customer_contact: console.withoutCustomerContact,
      linked_miniprograms: console.linkedMiniprograms,
      unlicensed_staff: console.unlicensedStaff,
      most_per_page: console.mostPerPage,
      welcomes_by_itself: console.welcomesByItself,
      calls_per_minute: console.callsPerMinute,
      calls_per_hour: console.callsPerHour,
    },
  };
}

function worldView(sim: Simulator): object {
  const { world } = sim;
  const follows = [...world.follows.values()];
  return {
    ...corpView(sim),
    departments: world.departments.map(({ id, name, parentId }) => ({ id, name, parentid: parentId })),
    stores: stores.map(({ departmentId, name, code }) => ({ department_id: departmentId, name, code, guides: guidesOf(departmentId) })),
    staff: [...world.staff.values()].map(({ userid, name, position, departments, avatar, status }) => ({
      userid,
      name,
      position,
      departments,
      avatar: avatarUrl(sim, avatar),
      status,
    })),
    customers: [...world.people.values()].map(({ externalUserid, name, avatar, gender, type }) => ({
      external_userid: externalUserid,
      name,
      avatar: avatarUrl(sim, avatar),
      gender,
      type,
    })),
    follows: follows.filter((follow) => follow.endedAt === null).map(followView),
    ended_follows: follows
      .filter((follow) => follow.endedAt !== null)
      .map((follow) => ({ ...followView(follow), ended_by: follow.endedBy })),
    tag_groups: world.tagGroups.map((group) => ({
      group_id: group.groupId,
      group_name: group.name,
      tags: group.tags.map((tag) => ({ id: tag.tagId, name: tag.name })),
    })),
    group_chats: [...world.groupChats.values()].map(({ chatId, name, owner, internal }) => ({ chat_id: chatId, name, owner, internal })),
  };
}

export function followView(follow: Follow): object {
  return {
    staff: follow.staff,
    external_userid: follow.externalUserid,
    remark: follow.remark,
    description: follow.description,
    tags: follow.tagIds,
    state: follow.state,
    add_way: follow.addWay,
    created_at: new Date(follow.createdAt).toISOString(),
  };
}
