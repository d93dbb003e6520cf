import { buildCallbackXml } from '@nextline/wecom';
import type { Simulator } from '../simulator.ts';

type Fields = Record<string, string | number | undefined>;

/** `change_external_contact`: `change` is the ChangeType, for example `add_external_contact`. */
export function tellContactChange(
  sim: Simulator,
  change: string,
  pair: { staff: string; externalUserid: string },
  extra: Fields = {},
): void {
  tell(sim, 'change_external_contact', change, { UserID: pair.staff, ExternalUserID: pair.externalUserid, ...extra });
}

/** `change_external_tag`. Deleting a group is told once, not per tag. */
export function tellTagChange(
  sim: Simulator,
  change: 'create' | 'update' | 'delete',
  tag: { id: string; kind: 'tag' | 'tag_group' },
): void {
  tell(sim, 'change_external_tag', change, { Id: tag.id, TagType: tag.kind });
}

/** `change_contact`: a member of staff came, changed or left. */
export function tellStaffChange(
  sim: Simulator,
  change: 'create_user' | 'update_user' | 'delete_user',
  staff: string,
  departments?: number[],
): void {
  tell(sim, 'change_contact', change, { UserID: staff, Department: departments?.join(',') });
}

/** Fields that are undefined are left out, as WeCom leaves out State when there is none. */
function tell(sim: Simulator, event: string, change: string, fields: Fields): void {
  const xml = buildCallbackXml({
    ToUserName: sim.world.corp.corpId,
    FromUserName: 'sys',
    CreateTime: Math.floor(sim.clock.now() / 1000),
    MsgType: 'event',
    Event: event,
    ChangeType: change,
    ...fields,
  });
  sim.callbacks.send(`${event}/${change}`, xml);
}
