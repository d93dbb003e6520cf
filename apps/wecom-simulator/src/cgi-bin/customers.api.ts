import { z } from 'zod';
import type { Simulator } from '../simulator.ts';
import { avatarUrl } from '../world/relations.ts';
import type { Follow, Person } from '../world/world.ts';
import { page, readBody, seconds, type Api } from './api.ts';
import { contactStaff, hasCustomerContact, isVisible, relation } from './reach.ts';
import { WeComError } from './wecom-error.ts';

const followersPerPage = 500;

const byUserBody = z.object({
  userid_list: z.array(z.string()).min(1).max(100),
  cursor: z.string().default(''),
  limit: z.int().min(1).max(100).default(50),
});

const remarkBody = z.object({
  userid: z.string(),
  external_userid: z.string(),
  remark: z.string().max(20).optional(),
  description: z.string().max(150).optional(),
  remark_company: z.string().max(20).optional(),
  remark_mobiles: z.array(z.string()).max(5).optional(),
  remark_pic_mediaid: z.string().optional(),
});

export const customerApis: Api[] = [
  {
    /** → `follow_user[userid]`: staff with 客户联系 inside the visible range. */
    method: 'GET',
    path: 'externalcontact/get_follow_user_list',
    customerContact: true,
    handle: (sim) => ({
      follow_user: [...sim.world.staff.keys()].filter((userid) => isVisible(sim, userid) && hasCustomerContact(sim, userid)),
    }),
  },
  {
    /** `?userid` → `external_userid[]`. 84061 when this member has no customers; 60111, 60011, 84074. */
    method: 'GET',
    path: 'externalcontact/list',
    customerContact: true,
    handle(sim, { query }) {
      const staff = contactStaff(sim, query['userid']);
      const customers = followsOf(sim, staff.userid).map((follow) => follow.externalUserid);
      if (customers.length === 0) throw new WeComError(84061);
      return { external_userid: customers };
    },
  },
  {
    /** `?external_userid&cursor` → `external_contact`, `follow_user[]`, `next_cursor` beyond 500 followers. 41035, 40096, 84061 nobody follows. */
    method: 'GET',
    path: 'externalcontact/get',
    customerContact: true,
    handle(sim, { query }) {
      const externalUserid = query['external_userid'] ?? '';
      if (externalUserid === '') throw new WeComError(41035);
      const person = sim.world.people.get(externalUserid);
      if (!person) throw new WeComError(40096);
      const follows = [...sim.world.follows.values()].filter(
        (follow) => follow.externalUserid === externalUserid && follow.endedBy !== 'staff' && isVisible(sim, follow.staff),
      );
      if (follows.length === 0) throw new WeComError(84061);
      const { items, nextCursor } = page(follows, externalUserid, query['cursor'] ?? '', pageSize(sim, followersPerPage));
      return {
        external_contact: personView(sim, person),
        follow_user: items.map((follow) => ({ ...followView(follow), tags: tagsOf(sim, follow) })),
        ...(nextCursor === '' ? {} : { next_cursor: nextCursor }),
      };
    },
  },
  {
    /**
     * `{userid_list ≤ 100, cursor, limit ≤ 100 (50)}` → `external_contact_list[{external_contact, follow_info}]`, `next_cursor` empty at the
     * end; who has no licence is named in `fail_info`. 40058 limits or a foreign cursor; 60111, 60011, 84074 for any of the staff, 701008 for all.
     */
    method: 'POST',
    path: 'externalcontact/batch/get_by_user',
    customerContact: true,
    handle(sim, request) {
      const { userid_list: userids, cursor, limit } = readBody(byUserBody, request);
      const staff = userids.map((userid) => contactStaff(sim, userid).userid);
      const { unlicensedStaff } = sim.world.console;
      const unlicensed = staff.filter((userid) => unlicensedStaff.includes(userid));
      if (unlicensed.length === staff.length) throw new WeComError(701008);
      const follows = staff.filter((userid) => !unlicensed.includes(userid)).flatMap((userid) => followsOf(sim, userid));
      const { items, nextCursor } = page(follows, userids.join('|'), cursor, pageSize(sim, limit));
      return {
        external_contact_list: items.flatMap((follow) => {
          const person = sim.world.people.get(follow.externalUserid);
          return person
            ? [{ external_contact: personView(sim, person), follow_info: { ...followView(follow), tag_id: follow.tagIds } }]
            : [];
        }),
        next_cursor: nextCursor,
        fail_info: { unlicensed_userid_list: unlicensed },
      };
    },
  },
  {
    /** `{userid, external_userid, remark ≤ 20, description ≤ 150, remark_company ≤ 20, remark_mobiles ([""] clears)}`. 40058 all empty or too long; 84061. */
    method: 'POST',
    path: 'externalcontact/remark',
    customerContact: true,
    handle(sim, request) {
      const body = readBody(remarkBody, request);
      const changes = [body.remark, body.description, body.remark_company, body.remark_mobiles, body.remark_pic_mediaid];
      if (changes.every((change) => change === undefined)) throw new WeComError(40058, { detail: 'nothing to change' });
      const follow = relation(sim, body.userid, body.external_userid);
      if (body.remark !== undefined) follow.remark = body.remark;
      if (body.description !== undefined) follow.description = body.description;
      // A member of another corp has a corp already.
      if (body.remark_company !== undefined && sim.world.people.get(follow.externalUserid)?.type === 1)
        follow.remarkCorpName = body.remark_company;
      if (body.remark_mobiles !== undefined) follow.remarkMobiles = body.remark_mobiles.filter((mobile) => mobile !== '');
      sim.news.publish({ type: 'follow', staff: follow.staff, external_userid: follow.externalUserid, change: 'edited' });
      return {};
    },
  },
];

function pageSize(sim: Simulator, asked: number): number {
  return Math.min(asked, sim.world.console.mostPerPage ?? asked);
}

/** A customer who has deleted the staff member is still on their list; one whom they have deleted is not. */
function followsOf(sim: Simulator, staff: string): Follow[] {
  return [...sim.world.follows.values()].filter((follow) => follow.staff === staff && follow.endedBy !== 'staff');
}

function personView(sim: Simulator, person: Person): object {
  return {
    external_userid: person.externalUserid,
    name: person.name,
    avatar: avatarUrl(sim, person.avatar),
    type: person.type,
    gender: person.gender,
    ...(person.unionid === null ? {} : { unionid: person.unionid }),
    ...(person.position === null ? {} : { position: person.position }),
    ...(person.corpName === null ? {} : { corp_name: person.corpName, corp_full_name: `${person.corpName}有限公司` }),
  };
}

function followView(follow: Follow): object {
  return {
    userid: follow.staff,
    remark: follow.remark,
    description: follow.description,
    createtime: seconds(follow.createdAt),
    remark_corp_name: follow.remarkCorpName,
    remark_mobiles: follow.remarkMobiles,
    add_way: follow.addWay,
    oper_userid: follow.operUserid,
    ...(follow.state === '' ? {} : { state: follow.state }),
  };
}

function tagsOf(sim: Simulator, follow: Follow): object[] {
  return sim.world.tagGroups.flatMap((group) =>
    group.tags
      .filter((tag) => follow.tagIds.includes(tag.tagId))
      .map((tag) => ({ group_name: group.name, tag_name: tag.name, tag_id: tag.tagId, type: 1 })),
  );
}
