import type { Language, PeoplePage, peopleQuery, Person } from '@nextline/contract';
import type { z } from 'zod';
import { requestInvalid } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { type SyncProgress, syncProgress } from '../wecom-sync/sync-progress.ts';
import { countPeople, findPeople, type FoundPerson, namesOfDepartments, type PersonPlace } from './people.store.ts';
import { whyNoCustomers } from './why-no-customers.ts';

/** A manager sees the people of the own store; who belongs to none manages nobody. */
const onlyStoreOf = ({ role, storeId }: Principal): string | undefined => (role === 'manager' ? (storeId ?? '') : undefined);

export async function listPeople(
  { db }: Pick<Deps, 'db'>,
  who: Principal,
  { cursor, limit, ...filter }: z.output<typeof peopleQuery>,
  language: Language,
): Promise<PeoplePage> {
  const conditions = { ...filter, onlyStoreId: onlyStoreOf(who) };
  const behind = cursor === undefined ? null : readCursor(cursor);
  const [found, total, departments, sync] = await Promise.all([
    findPeople(db, conditions, { behind, limit: limit + 1 }),
    countPeople(db, conditions),
    namesOfDepartments(db),
    syncProgress(db),
  ]);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    people: shown.map((person) => showPerson(person, departments, sync, language)),
    nextCursor: found.length > limit && last ? writeCursor({ storeId: last.place, userId: last.userId }) : null,
    total,
  };
}

function showPerson(found: FoundPerson, departments: Map<string, string>, sync: SyncProgress, language: Language): Person {
  const { departmentIds, storeId, storeName, followsCustomers, leftAt, place: _place, ...person } = found;
  return {
    ...person,
    departments: departmentIds.flatMap((id) => departments.get(id) ?? []),
    store: storeId === null ? null : { storeId, name: storeName ?? storeId },
    withoutCustomers:
      found.customers > 0 ? null : whyNoCustomers({ userId: found.userId, left: leftAt !== null, followsCustomers }, sync, language),
    leftAt: leftAt?.toISOString() ?? null,
  };
}

const writeCursor = ({ storeId, userId }: PersonPlace): string => Buffer.from(JSON.stringify([storeId, userId])).toString('base64url');

function readCursor(cursor: string): PersonPlace {
  const [, storeId, userId] = /^\["([^"\\]{0,128})","([^"\\]{1,128})"\]$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (storeId === undefined || userId === undefined || userId.includes('\u0000') || storeId.includes('\u0000'))
    throw requestInvalid([
      {
        path: 'querystring.cursor',
        message: { 'zh-CN': '这一页的位置不对，从头翻起。', en: 'This place in the pages is not right. Begin at the first page.' },
      },
    ]);
  return { storeId, userId };
}
