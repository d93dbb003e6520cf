import type { Simulator } from '../simulator.ts';
import { knownFollow } from '../world/relations.ts';
import type { Follow, Staff } from '../world/world.ts';
import { WeComError } from './wecom-error.ts';

/** A member of staff inside the app's visible range. Refuses: 41009 none given, 60111 unknown, 60011 out of range. userids ignore case. */
export function visibleStaff(sim: Simulator, userid: string | undefined): Staff {
  if (userid === undefined || userid === '') throw new WeComError(41009);
  const staff = findStaff(sim, userid);
  if (!staff) throw new WeComError(60111);
  if (!isVisible(sim, staff.userid)) throw new WeComError(60011);
  return staff;
}

/** As `visibleStaff`, and with 客户联系: 84074 otherwise. */
export function contactStaff(sim: Simulator, userid: string | undefined): Staff {
  const staff = visibleStaff(sim, userid);
  if (!hasCustomerContact(sim, staff.userid)) throw new WeComError(84074);
  return staff;
}

/** The relation of a pair. Refuses: as `contactStaff`, 41035 no customer given, 40096 unknown customer, 84061 no relation. */
export function relation(sim: Simulator, userid: string | undefined, externalUserid: string | undefined): Follow {
  const staff = contactStaff(sim, userid);
  if (externalUserid === undefined || externalUserid === '') throw new WeComError(41035);
  if (!sim.world.people.has(externalUserid)) throw new WeComError(40096);
  const follow = knownFollow(sim, staff.userid, externalUserid);
  if (!follow) throw new WeComError(84061);
  return follow;
}

export function findStaff(sim: Simulator, userid: string): Staff | null {
  const exact = sim.world.staff.get(userid);
  if (exact) return exact;
  const lower = userid.toLowerCase();
  return [...sim.world.staff.values()].find((staff) => staff.userid.toLowerCase() === lower) ?? null;
}

export function isVisible(sim: Simulator, userid: string): boolean {
  return sim.world.console.visibleStaff?.includes(userid) ?? true;
}

export function hasCustomerContact(sim: Simulator, userid: string): boolean {
  return !sim.world.console.withoutCustomerContact.includes(userid);
}
