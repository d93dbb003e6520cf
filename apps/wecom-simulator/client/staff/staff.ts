/** A colleague as `GET /_sim/world` lists them. */
export interface StaffEntry {
  userid: string;
  name: string;
  avatar: string;
  position: string;
  department: string;
}

export interface StaffGroup {
  department: string;
  staff: StaffEntry[];
}

/** Colleagues whose name, id, post or store contains what was typed, by store, in the order the world lists them. */
export function staffByStore(staff: StaffEntry[], typed: string): StaffGroup[] {
  const wanted = typed.trim().toLowerCase();
  const groups = new Map<string, StaffEntry[]>();
  for (const entry of staff) {
    const { name, userid, position, department } = entry;
    if (![name, userid, position, department].some((text) => text.toLowerCase().includes(wanted))) continue;
    groups.set(department, [...(groups.get(department) ?? []), entry]);
  }
  return [...groups].map(([name, members]) => ({ department: name, staff: members }));
}
