import type { Chance } from '../seeded.ts';

/** A relation as WeCom knows it. Times in ms; WeCom stamps whole seconds. */
export type Relation = {
  staff: string;
  customer: string;
  followedAt: number;
  endedBy: null | 'staff' | 'customer';
  tags: Set<string>;
  readableAt: number;
  changedAt: number;
  /** When the guide last changed its tags by hand. */
  editedAt: number;
};
export type News = {
  kind: 'added' | 'edited' | 'removedByStaff' | 'removedByCustomer';
  staff: string;
  customer: string;
  occurredAt: number;
};
export type ListedFollow = { staffUserId: string; followedAt: Date; tagIds: string[]; addWay: number };

export const keyOf = (staff: string, customer: string) => `${staff}/${customer}`;
const toSecond = (ms: number) => Math.floor(ms / 1000) * 1000;

/** What has ever been true at WeCom: against it is checked that nothing was invented. */
export type History = { begun: Set<string>; endedByCustomer: Set<string>; endedByStaff: Map<string, number> };

/** A small WeCom: relations, who is listed where, and the news of each change. */
export type WeComModel = {
  relations: Map<string, Relation>;
  history: History;
  /** Whom of ours this customer follows, as an answer says it now; null when WeCom knows none (84061), or not yet. */
  customer(customer: string, now: number): ListedFollow[] | null;
  /** One page of some staff members' customers. The cursor is opaque and null at the end. */
  page(
    staff: string[],
    cursor: string,
    now: number,
  ): { customers: { customer: string; follow: ListedFollow }[]; nextCursor: string | null };
  /** False when it cannot name the relation, not yet or not any more. */
  markTags(staff: string, customer: string, tags: { add: string[]; remove: string[] }, now: number): boolean;
  /** Something happens between two people. Null when the draw comes to nothing. */
  happen(chance: Chance, now: number): News | null;
};

const pageSize = 3;

export function createWeComModel(staff: readonly string[], customers: readonly string[], tags: readonly string[]): WeComModel {
  const relations = new Map<string, Relation>();
  const history: History = { begun: new Set(), endedByCustomer: new Set(), endedByStaff: new Map() };
  const listed = (relation: Relation, now: number) => relation.endedBy !== 'staff' && relation.readableAt <= now;
  const follow = ({ staff: staffUserId, followedAt, tags: tagIds }: Relation): ListedFollow => ({
    staffUserId,
    followedAt: new Date(followedAt),
    tagIds: [...tagIds].toSorted(),
    addWay: 1,
  });

  function meet(chance: Chance, who: string, customer: string, now: number): News {
    const followedAt = toSecond(now);
    // Whom she had deleted was listed all along.
    const wasListed = relations.get(keyOf(who, customer))?.endedBy === 'customer';
    const readableAt = now + (!wasListed && chance.happens(0.5) ? chance.below(20_000) : 0);
    relations.set(keyOf(who, customer), {
      staff: who,
      customer,
      followedAt,
      endedBy: null,
      tags: new Set(),
      readableAt,
      changedAt: now,
      editedAt: now,
    });
    history.begun.add(`${keyOf(who, customer)}/${followedAt}`);
    return { kind: 'added', staff: who, customer, occurredAt: followedAt };
  }

  return {
    relations,
    history,
    customer(customer, now) {
      const follows = [...relations.values()].filter((relation) => relation.customer === customer && listed(relation, now)).map(follow);
      return follows.length === 0 ? null : follows;
    },
    page(batch, cursor, now) {
      const all = [...relations.values()]
        .filter((relation) => batch.includes(relation.staff) && listed(relation, now))
        .toSorted((a, b) => (keyOf(a.staff, a.customer) < keyOf(b.staff, b.customer) ? -1 : 1));
      const rest = all.filter((relation) => keyOf(relation.staff, relation.customer) > cursor);
      const some = rest.slice(0, pageSize);
      const last = some.at(-1);
      return {
        customers: some.map((relation) => ({ customer: relation.customer, follow: follow(relation) })),
        nextCursor: rest.length > pageSize && last ? keyOf(last.staff, last.customer) : null,
      };
    },
    markTags(who, customer, { add, remove }, now) {
      const relation = relations.get(keyOf(who, customer));
      if (relation === undefined || relation.endedBy !== null || relation.readableAt > now) return false;
      for (const tag of add) relation.tags.add(tag);
      for (const tag of remove) relation.tags.delete(tag);
      return true;
    },
    happen(chance, now) {
      const [who, customer] = [chance.pick(staff), chance.pick(customers)];
      const key = keyOf(who, customer);
      const relation = relations.get(key);
      // Two ends or beginnings of one relation within a second would carry the same stamp; nobody is that quick.
      if (relation && now - relation.changedAt < 2_000) return null;
      // Nor does anybody part before WeCom itself can name the relation.
      if (relation && relation.readableAt > now) return null;
      if (relation === undefined || relation.endedBy !== null) return meet(chance, who, customer, now);
      const occurredAt = toSecond(now);
      if (chance.happens(0.25)) {
        relation.endedBy = chance.happens(0.5) ? 'staff' : 'customer';
        relation.changedAt = now;
        if (relation.endedBy === 'staff') history.endedByStaff.set(key, occurredAt);
        else history.endedByCustomer.add(`${key}/${occurredAt}`);
        return { kind: relation.endedBy === 'staff' ? 'removedByStaff' : 'removedByCustomer', staff: who, customer, occurredAt };
      }
      const tag = chance.pick(tags);
      relation.editedAt = now;
      if (relation.tags.has(tag)) relation.tags.delete(tag);
      else relation.tags.add(tag);
      return { kind: 'edited', staff: who, customer, occurredAt };
    },
  };
}
