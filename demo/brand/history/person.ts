import { asc } from 'drizzle-orm';
import { customers, follows } from '../../../apps/server/src/customers/customers.table.ts';
import type { Queryable } from '../../../apps/server/src/database.ts';
import { staff } from '../../../apps/server/src/identity/identity.table.ts';
import { tags } from '../../../apps/server/src/tags/tags.table.ts';

/** A customer and the relation that matters: with the guide who has her now, or had her last. */
export type Person = {
  externalUserId: string;
  name: string;
  remark: string;
  staffUserId: string;
  storeId: string | null;
  followedAt: Date;
  endedAt: Date | null;
  tags: ReadonlySet<string>;
};

/** Everybody whom the first sync has stored, first come first. */
export async function readPeople(tx: Queryable): Promise<Person[]> {
  const tagNames = new Map((await tx.select({ tagId: tags.tagId, name: tags.name }).from(tags)).map(({ tagId, name }) => [tagId, name]));
  const storeOf = new Map(
    (await tx.select({ staffUserId: staff.staffUserId, storeId: staff.storeId }).from(staff)).map((row) => [row.staffUserId, row.storeId]),
  );
  const names = new Map(
    (await tx.select({ externalUserId: customers.externalUserId, name: customers.name }).from(customers)).map((row) => [
      row.externalUserId,
      row.name,
    ]),
  );
  const people = new Map<string, Person>();
  const relations = await tx.select().from(follows).orderBy(asc(follows.followedAt), asc(follows.externalUserId), asc(follows.staffUserId));
  for (const { externalUserId, remark, staffUserId, followedAt, endedAt, tagIds } of relations) {
    const before = people.get(externalUserId);
    if (before && before.endedAt === null) continue;
    people.set(externalUserId, {
      externalUserId,
      name: names.get(externalUserId) ?? '',
      remark,
      staffUserId,
      storeId: storeOf.get(staffUserId) ?? null,
      followedAt,
      endedAt,
      tags: new Set(tagIds.flatMap((tagId) => tagNames.get(tagId) ?? [])),
    });
  }
  return [...people.values()];
}
