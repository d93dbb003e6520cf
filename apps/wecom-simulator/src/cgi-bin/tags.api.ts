import { z } from 'zod';
import { addTags, deleteTags, findTag, tagCount } from '../world/tags.ts';
import type { Tag, TagGroup } from '../world/world.ts';
import { readBody, seconds, type Api } from './api.ts';
import { relation } from './reach.ts';
import { WeComError } from './wecom-error.ts';

const tagsPerCorp = 10_000;
const order = z
  .int()
  .min(0)
  .max(2 ** 32 - 1);
const name = z.string().min(1).max(30);

const listBody = z.object({ tag_id: z.array(z.string()).default([]), group_id: z.array(z.string()).default([]) });
const addBody = z.object({
  group_id: z.string().optional(),
  group_name: name.optional(),
  order: order.default(0),
  tag: z.array(z.object({ name, order: order.default(0) })).min(1),
});
const editBody = z.object({ id: z.string(), name: name.optional(), order: order.optional() });
const markBody = z.object({
  userid: z.string(),
  external_userid: z.string(),
  add_tag: z.array(z.string()).default([]),
  remove_tag: z.array(z.string()).default([]),
});

export const tagApis: Api[] = [
  {
    /** `{tag_id[] | group_id[]}` (group_id wins, both empty = all) → `tag_group[{group_id, group_name, order, tag[]}]`. */
    method: 'POST',
    path: 'externalcontact/get_corp_tag_list',
    customerContact: true,
    handle(sim, request) {
      const wanted = readBody(listBody, { ...request, body: request.body ?? {} });
      const groups = sim.world.tagGroups.map((group) => {
        if (wanted.group_id.length > 0) return wanted.group_id.includes(group.groupId) ? group : { ...group, tags: [] };
        if (wanted.tag_id.length > 0) return { ...group, tags: group.tags.filter((tag) => wanted.tag_id.includes(tag.tagId)) };
        return group;
      });
      return { tag_group: groups.filter((group) => group.tags.length > 0).map(groupView) };
    },
  },
  {
    /** `{group_id | group_name ≤ 30, order, tag[{name ≤ 30, order}]}` → the group with the new tags. 40071 the name exists; 40068 unknown group; 40058. */
    method: 'POST',
    path: 'externalcontact/add_corp_tag',
    customerContact: true,
    handle(sim, request) {
      const body = readBody(addBody, request);
      if (tagCount(sim.world) + body.tag.length > tagsPerCorp) throw new WeComError(40126, { words: 'too many corp tags' });
      const into = sim.world.tagGroups.find((group) =>
        body.group_id === undefined ? group.name === body.group_name : group.groupId === body.group_id,
      );
      if (!into && body.group_id !== undefined) throw new WeComError(40068);
      const groupName = into?.name ?? body.group_name;
      if (groupName === undefined) throw new WeComError(40058, { detail: 'group_name' });
      if (into?.tags.some((tag) => body.tag.some((wanted) => wanted.name === tag.name))) throw new WeComError(40071);
      const { group, tags } = addTags(sim, { groupName, groupOrder: body.order, tags: body.tag, byApp: true });
      return { tag_group: groupView({ ...group, tags }) };
    },
  },
  {
    /** `{id, name, order}` of a tag or a group that this app has made. 40068 unknown, 81011 made by others, 40071 the name exists. */
    method: 'POST',
    path: 'externalcontact/edit_corp_tag',
    customerContact: true,
    handle(sim, request) {
      const body = readBody(editBody, request);
      const found = findTag(sim.world, body.id);
      if (!found) throw new WeComError(40068);
      const edited = found.tag ?? found.group;
      if (!edited.byApp) throw new WeComError(81011);
      const siblings: (Tag | TagGroup)[] = found.tag ? found.group.tags : sim.world.tagGroups;
      if (siblings.some((other) => other !== edited && other.name === body.name)) throw new WeComError(40071);
      if (body.name !== undefined) edited.name = body.name;
      if (body.order !== undefined) edited.order = body.order;
      return {};
    },
  },
  {
    /** `{tag_id[], group_id[]}`; a group that becomes empty goes too. 40068 unknown, 81011 made by others. */
    method: 'POST',
    path: 'externalcontact/del_corp_tag',
    customerContact: true,
    handle(sim, request) {
      const body = readBody(listBody, request);
      const ids = [...body.tag_id, ...body.group_id];
      if (ids.length === 0) throw new WeComError(40058, { detail: 'tag_id' });
      for (const id of ids) {
        const found = findTag(sim.world, id);
        if (!found) throw new WeComError(40068);
        if (!(found.tag ?? found.group).byApp) throw new WeComError(81011);
      }
      deleteTags(sim.world, ids);
      return {};
    },
  },
  {
    /** `{userid, external_userid, add_tag[], remove_tag[]}`. 84061 no relation, 40068 a tag that does not exist, 40058 nothing to do. */
    method: 'POST',
    path: 'externalcontact/mark_tag',
    customerContact: true,
    handle(sim, request) {
      const body = readBody(markBody, request);
      if (body.add_tag.length + body.remove_tag.length === 0) throw new WeComError(40058, { detail: 'add_tag' });
      const follow = relation(sim, body.userid, body.external_userid);
      const unknown = [...body.add_tag, ...body.remove_tag].some((id) => !findTag(sim.world, id)?.tag);
      if (unknown) throw new WeComError(40068);
      const removed = new Set(body.remove_tag);
      follow.tagIds = [...new Set([...follow.tagIds, ...body.add_tag])].filter((id) => !removed.has(id));
      sim.news.publish({ type: 'follow', staff: follow.staff, external_userid: follow.externalUserid, change: 'edited' });
      return {};
    },
  },
];

function groupView(group: TagGroup): object {
  return {
    group_id: group.groupId,
    group_name: group.name,
    create_time: seconds(group.createdAt),
    order: group.order,
    tag: group.tags.map((tag) => ({ id: tag.tagId, name: tag.name, create_time: seconds(tag.createdAt), order: tag.order })),
  };
}
