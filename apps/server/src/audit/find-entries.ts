import type { AuditEntry, AuditFilter, AuditPage, auditQuery, Language } from '@nextline/contract';
import type { z } from 'zod';
import { dayMs, instantOf } from '../corp-time.ts';
import { corpTimeZone } from '../customers/corp-zone.ts';
import { requestInvalid } from '../errors.ts';
import type { Deps } from '../feature.ts';
import { csvLine, csvStart } from '../write-csv.ts';
import {
  type EntryConditions,
  type EntryPlace,
  findEntries,
  type FoundEntry,
  namesOfCustomers,
  namesOfStaff,
} from './find-entries.store.ts';

type FindDeps = Pick<Deps, 'db' | 'clock'>;
const exportedAtOnce = 2_000;

export async function entryPage(deps: FindDeps, { cursor, limit, ...filter }: z.output<typeof auditQuery>): Promise<AuditPage> {
  const behind = cursor === undefined ? null : readCursor(cursor);
  const found = await findEntries(deps.db, await conditions(deps, filter), { behind, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return { entries: await named(deps, shown), nextCursor: found.length > limit && last ? writeCursor(last) : null };
}

const headings: Readonly<Record<Language, string[]>> = {
  'zh-CN': ['时间', '成员', '成员账号', '操作', '对象', '对象编号', '对象名称', '细节', '条目编号'],
  en: ['Time', 'Member', 'Account', 'Action', 'Subject', 'Subject id', 'Subject name', 'Details', 'Entry id'],
};

/** The whole answer to a filter as CSV, page by page, so that a year of entries needs no more memory than a day. */
export async function* entriesAsCsv(deps: FindDeps, filter: AuditFilter, language: Language): AsyncGenerator<string> {
  yield csvStart + csvLine(headings[language]);
  const where = await conditions(deps, filter);
  for (let behind: EntryPlace | null = null; ;) {
    const found: FoundEntry[] = await findEntries(deps.db, where, { behind, limit: exportedAtOnce });
    const entries = await named(deps, found);
    yield entries
      .map(({ at, who, action, subject, detail, entryId }) =>
        csvLine([
          at,
          who?.name ?? null,
          who?.staffUserId ?? null,
          action,
          subject.kind,
          subject.id,
          subject.name,
          JSON.stringify(detail),
          entryId,
        ]),
      )
      .join('');
    behind = found.at(-1) ?? null;
    if (found.length < exportedAtOnce) return;
  }
}

async function conditions(deps: FindDeps, { from, until, ...rest }: AuditFilter): Promise<EntryConditions> {
  if (from === undefined && until === undefined) return rest;
  const timeZone = await corpTimeZone(deps);
  const beginning = (isoDay: string, days: number) => instantOf(Date.parse(`${isoDay}T00:00:00Z`) / dayMs + days, 0, timeZone);
  return {
    ...rest,
    from: from === undefined ? undefined : beginning(from, 0),
    before: until === undefined ? undefined : beginning(until, 1),
  };
}

async function named({ db }: FindDeps, found: FoundEntry[]): Promise<AuditEntry[]> {
  const subjects = (kind: string) => found.filter((entry) => entry.subjectKind === kind).map((entry) => entry.subjectId);
  const people = [...found.flatMap((entry) => entry.staffUserId ?? []), ...subjects('staff')];
  const [staff, customers] = await Promise.all([
    namesOfStaff(db, [...new Set(people)]),
    namesOfCustomers(db, [...new Set(subjects('customer'))]),
  ]);
  const nameOf = ({ subjectKind, subjectId, detail }: FoundEntry) => {
    if (subjectKind === 'staff') return staff.get(subjectId) ?? null;
    if (subjectKind === 'customer') return customers.get(subjectId) ?? null;
    const said = detail['title'] ?? detail['name'];
    return typeof said === 'string' ? said : null;
  };
  return found.map((entry) => ({
    entryId: entry.entryId,
    at: entry.at.toISOString(),
    who: entry.staffUserId === null ? null : { staffUserId: entry.staffUserId, name: staff.get(entry.staffUserId) ?? null },
    action: entry.action,
    subject: { kind: entry.subjectKind, id: entry.subjectId, name: nameOf(entry) },
    detail: entry.detail,
  }));
}

const writeCursor = ({ at, entryId }: EntryPlace): string => `${at.getTime()}.${entryId}`;

function readCursor(cursor: string): EntryPlace {
  const [, ms, entryId] = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor) ?? [];
  const at = new Date(Number(ms));
  if (entryId === undefined || Number.isNaN(at.getTime()) || at.getUTCFullYear() > 9_999)
    throw requestInvalid([
      {
        path: 'querystring.cursor',
        message: { 'zh-CN': '这一页的位置不对，从头翻起。', en: 'This place in the pages is not right. Begin at the first page.' },
      },
    ]);
  return { at, entryId };
}
