import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { tellContactChange } from '../callbacks/events.ts';
import { avatarIds } from '../avatars/avatar-svg.ts';
import type { Simulator } from '../simulator.ts';
import { avatarUrl, confirm, createPerson, knownFollow, meet, part, refuseTransfer, transfer } from '../world/relations.ts';
import { followKey, type Person } from '../world/world.ts';
import { ControlRefusal, read } from './refusal.ts';
import { followView } from './world.routes.ts';

const gender = z.union([z.literal(0), z.literal(1), z.literal(2)]);

const newCustomerBody = z.object({
  external_userid: z.string().optional(),
  name: z.string().min(1).max(64).optional(),
  staff: z.string(),
  state: z.string().max(64).default(''),
  add_way: z.int().min(0).default(1),
  gender: gender.optional(),
  half: z.boolean().optional(),
});

const endFollowBody = z.object({ staff: z.string(), external_userid: z.string(), by: z.enum(['customer', 'staff']).default('customer') });

const transferBody = z.object({
  staff: z.string(),
  external_userid: z.string(),
  to: z.string(),
  refused: z.enum(['customer_refused', 'customer_limit_exceed']).optional(),
});

const editFollowBody = z.object({
  staff: z.string(),
  external_userid: z.string(),
  remark: z.string().max(20).optional(),
  description: z.string().max(150).optional(),
  mobiles: z.array(z.string()).max(5).optional(),
  add_tag: z.array(z.string()).optional(),
  remove_tag: z.array(z.string()).optional(),
});

export function registerCustomerRoutes(app: FastifyInstance, sim: Simulator): void {
  /**
   * A customer adds a staff member: a new one by `name`, or one who exists by `external_userid`. Callback add_external_contact with
   * WelcomeCode and State (`half: true` → add_half_external_contact; the same pair once more without it: the staff member confirms). 404 unknown staff or person; 409 they are friends already.
   * → `{external_userid}`
   */
  app.post('/_sim/customers', (request) => {
    const body = read(newCustomerBody, request.body);
    if (!sim.world.staff.has(body.staff)) throw new ControlRefusal(404, `no staff member ${body.staff}`);
    const person = body.external_userid === undefined ? newPerson(sim, body) : personOf(sim, body.external_userid);
    const known = sim.world.follows.get(followKey(body.staff, person.externalUserid));
    if (known && known.endedAt === null) {
      if (!known.half || body.half) throw new ControlRefusal(409, 'they are friends already');
      confirm(sim, known);
      return { external_userid: person.externalUserid };
    }
    meet(sim, {
      staff: body.staff,
      externalUserid: person.externalUserid,
      state: body.state,
      addWay: body.add_way,
      half: body.half ?? false,
    });
    return { external_userid: person.externalUserid };
  });

  /** The relation ends: `by` customer → del_follow_user, staff → del_external_contact. 404 when there is none. → `{ok}` */
  app.delete('/_sim/follows', (request) => {
    const body = read(endFollowBody, request.body ?? request.query);
    const follow = sim.world.follows.get(followKey(body.staff, body.external_userid));
    if (!follow || follow.endedAt !== null) throw new ControlRefusal(404, 'no such relation, or it has ended');
    part(sim, follow, body.by);
    return { ok: true };
  });

  /**
   * An administrator hands a customer to a colleague: `del_external_contact` with DELETE_BY_TRANSFER and `add_external_contact`; with `refused`
   * (`customer_refused`, `customer_limit_exceed`) `transfer_fail` instead. 404 no relation or no colleague; 409 they are friends already. → `{ok}`
   */
  app.post('/_sim/transfers', (request) => {
    const { staff, external_userid: externalUserid, to, refused } = read(transferBody, request.body);
    const follow = knownFollow(sim, staff, externalUserid);
    if (!follow || follow.endedAt !== null) throw new ControlRefusal(404, 'no such relation, or it has ended');
    if (!sim.world.staff.has(to)) throw new ControlRefusal(404, `no staff member ${to}`);
    if (sim.world.follows.get(followKey(to, externalUserid))?.endedAt === null) throw new ControlRefusal(409, 'they are friends already');
    if (refused === undefined) transfer(sim, follow, to);
    else refuseTransfer(sim, follow, to, refused);
    return { ok: true };
  });

  /** The staff member edits remark, description, mobiles or tags in the WeCom client: edit_external_contact. 404 no relation. → the relation */
  app.post('/_sim/follows', (request) => {
    const body = read(editFollowBody, request.body);
    const follow = knownFollow(sim, body.staff, body.external_userid);
    if (!follow) throw new ControlRefusal(404, 'no such relation');
    const tagIds = new Set(sim.world.tagGroups.flatMap((group) => group.tags).map((tag) => tag.tagId));
    const unknown = (body.add_tag ?? []).find((tagId) => !tagIds.has(tagId));
    if (unknown !== undefined) throw new ControlRefusal(404, `no tag ${unknown}`);
    if (body.remark !== undefined) follow.remark = body.remark;
    if (body.description !== undefined) follow.description = body.description;
    if (body.mobiles !== undefined) follow.remarkMobiles = body.mobiles;
    const removed = new Set(body.remove_tag);
    follow.tagIds = [...new Set([...follow.tagIds, ...(body.add_tag ?? [])])].filter((tagId) => !removed.has(tagId));
    tellContactChange(sim, 'edit_external_contact', follow);
    sim.news.publish({ type: 'follow', staff: follow.staff, external_userid: follow.externalUserid, change: 'edited' });
    return followView(follow);
  });

  /** A person on WeChat without any guide, ready to scan a code. → `{external_userid, name, avatar}` */
  app.post('/_sim/phones', (request) => {
    const person = newPerson(sim, read(z.object({ name: z.string().min(1).max(64), gender: gender.optional() }), request.body));
    return { external_userid: person.externalUserid, name: person.name, avatar: avatarUrl(sim, person.avatar) };
  });

  /** Who a customer is and whom they have as a friend, for their phone. 404 unknown. */
  app.get<{ Params: { id: string } }>('/_sim/customers/:id', (request) => {
    const person = personOf(sim, request.params.id);
    const friends = [...sim.world.follows.values()]
      .filter((follow) => follow.externalUserid === person.externalUserid && follow.endedBy !== 'customer')
      .map((follow) => {
        const staff = sim.world.staff.get(follow.staff);
        return {
          staff: follow.staff,
          name: staff?.name ?? follow.staff,
          avatar: avatarUrl(sim, staff?.avatar ?? ''),
          relation: follow.endedBy === 'staff' ? 'deleted_by_staff' : 'active',
        };
      });
    const { externalUserid, name, avatar, gender: sex, type } = person;
    return { external_userid: externalUserid, name, avatar: avatarUrl(sim, avatar), gender: sex, type, friends };
  });
}

function newPerson(sim: Simulator, named: { name?: string | undefined; gender?: 0 | 1 | 2 | undefined }): Person {
  if (named.name === undefined) throw new ControlRefusal(400, 'give a name, or the external_userid of somebody who exists');
  const avatar = avatarIds[sim.world.people.size % avatarIds.length] ?? 'sprout-5';
  return createPerson(sim, { name: named.name, gender: named.gender ?? 0, avatar });
}

function personOf(sim: Simulator, externalUserid: string): Person {
  const person = sim.world.people.get(externalUserid);
  if (!person) throw new ControlRefusal(404, `no customer ${externalUserid}`);
  return person;
}
