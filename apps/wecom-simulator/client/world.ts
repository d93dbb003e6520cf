import type { Relation } from './chats/chat.ts';
import type { TagGroup } from './profile/profile.ts';
import type { StaffEntry } from './staff/staff.ts';

/** The parts of `GET /_sim/world` that the page reads. */
export interface World {
  departments: { id: number; name: string }[];
  staff: { userid: string; name: string; position: string; departments: number[]; avatar: string }[];
  customers: { external_userid: string; name: string; avatar: string }[];
  follows: WorldFollow[];
  ended_follows: WorldFollow[];
  tag_groups: TagGroup[];
}

type WorldFollow = Relation & { staff: string; external_userid: string };

/** Colleagues with the name of the department they belong to first. */
export function staffOf({ staff, departments }: Pick<World, 'staff' | 'departments'>): StaffEntry[] {
  const names = new Map(departments.map(({ id, name }) => [id, name]));
  return staff.map(({ userid, name, position, avatar, departments: [first = 0] }) => ({
    userid,
    name,
    position,
    avatar,
    department: names.get(first) ?? '',
  }));
}

/** What the staff member keeps about a customer; a customer who has left keeps the remark and the tags they were given. */
export function relationOf(
  { follows, ended_follows }: Pick<World, 'follows' | 'ended_follows'>,
  staff: string,
  chat: string,
): Relation | undefined {
  return [...follows, ...ended_follows].find((follow) => follow.staff === staff && follow.external_userid === chat);
}
