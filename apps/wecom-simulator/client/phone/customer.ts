/** A person on WeChat as `GET /_sim/customers/{external_userid}` shows them. */
export interface Customer {
  external_userid: string;
  name: string;
  avatar: string;
  friends: Friend[];
}

/** A guide in the customer's list of contacts; one who has deleted the customer still stands there. */
export interface Friend {
  staff: string;
  name: string;
  avatar: string;
  relation: 'active' | 'deleted_by_staff';
}

/** What can be scanned, as `GET /_sim/channel-codes` lists it. */
export interface ChannelCode {
  label: string;
  staff: string;
  state: string;
  add_way: number;
  /** An SVG drawing of the code. */
  qr_svg: string;
}

/** A drawing for an `img`, which runs no script that it might contain. */
export const drawingAddress = (svg: string): string => `data:image/svg+xml,${encodeURIComponent(svg)}`;

/** People whose name or id contains what was typed; never more than fit a list that somebody reads. */
export function peopleNamed<T extends { external_userid: string; name: string }>(people: T[], typed: string, most: number): T[] {
  const wanted = typed.trim().toLowerCase();
  return people.filter(({ external_userid, name }) => `${name}\n${external_userid}`.toLowerCase().includes(wanted)).slice(0, most);
}
