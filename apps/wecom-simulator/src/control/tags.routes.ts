import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { tellTagChange } from '../callbacks/events.ts';
import { iso, type Simulator } from '../simulator.ts';
import { addTags, deleteTags, findTag } from '../world/tags.ts';
import { ControlRefusal, read } from './refusal.ts';

const name = z.string().min(1).max(30);

export function registerTagRoutes(app: FastifyInstance, sim: Simulator): void {
  /** An administrator adds `{group_name, name}` in the console: `change_external_tag/create`, also for a new group. 409 it exists. → `{id, group_id}` */
  app.post('/_sim/tags', (request) => {
    const body = read(z.object({ group_name: name, name }), request.body);
    const { group, tags, groupIsNew } = addTags(sim, {
      groupName: body.group_name,
      groupOrder: 0,
      tags: [{ name: body.name, order: 0 }],
      byApp: false,
    });
    const [tag] = tags;
    if (!tag) throw new ControlRefusal(409, 'the tag exists');
    if (groupIsNew) tellTagChange(sim, 'create', { id: group.groupId, kind: 'tag_group' });
    tellTagChange(sim, 'create', { id: tag.tagId, kind: 'tag' });
    return { id: tag.tagId, group_id: group.groupId };
  });

  /** Renames a tag or a group: `update`. 404 unknown. → `{id, name}` */
  app.patch<{ Params: { id: string } }>('/_sim/tags/:id', (request) => {
    const found = findTag(sim.world, request.params.id);
    if (!found) throw new ControlRefusal(404, 'no such tag or group');
    const { tag, group } = found;
    const edited = tag ?? group;
    edited.name = read(z.object({ name }), request.body).name;
    tellTagChange(sim, 'update', { id: request.params.id, kind: tag ? 'tag' : 'tag_group' });
    return { id: request.params.id, name: edited.name };
  });

  /** Deletes a tag or a group: `delete`, told once for a group. 404 unknown. → `{ok}` */
  app.delete<{ Params: { id: string } }>('/_sim/tags/:id', (request) => {
    const found = findTag(sim.world, request.params.id);
    if (!found) throw new ControlRefusal(404, 'no such tag or group');
    deleteTags(sim.world, [request.params.id]);
    tellTagChange(sim, 'delete', { id: request.params.id, kind: found.tag ? 'tag' : 'tag_group' });
    return { ok: true };
  });

  /** What the app has sent to a member of staff, oldest first: `{messages: [{id, at, msgtype, content}]}`. */
  app.get('/_sim/app-messages', (request) => {
    const { staff } = read(z.object({ staff: z.string() }), request.query);
    const messages = sim.world.appMessages.filter((message) => message.to.includes(staff));
    return { messages: messages.map(({ id, at, msgtype, content }) => ({ id, at: iso(at), msgtype, content })) };
  });
}
