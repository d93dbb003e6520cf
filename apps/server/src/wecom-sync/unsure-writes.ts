import type { Language, UnsureAnswer, UnsureNow, UnsureWrite, UnsureWrites } from '@nextline/contract';
import { WeComError } from '@nextline/wecom';
import { writeAudit } from '../audit/write-audit.ts';
import { unsureOvertaken, unsureWriteNotFound, wecomUnavailable } from '../errors.ts';
import type { Deps } from '../feature.ts';
import type { Sentence } from '../sentence.ts';
import { type LookAt, lookOnce, noSuchCustomer } from '../wecom-callback/present-state.ts';
import { within } from '../within.ts';
import type { WriteKey } from './outbox.store.ts';
import { countUnsure, listUnsure, lockUnsure, namesOfTags, oweAgain, strikeOff, type UnsureRow } from './unsure-writes.store.ts';

type UnsureDeps = Pick<Deps, 'db' | 'clock' | 'config' | 'wecom'>;
/** Null: somebody at the server's command line. */
type Who = { staffUserId: string | null };

/** Each is looked up at WeCom; what is beyond comes when these are answered. */
const atOnce = 20;
/** The page waits so long for WeCom. */
const patienceMs = 4_000;

/** What WeCom shows of a change that it was asked for. `tagIds` null: it names no such relation. */
export function compareUnsure({ add, remove }: Pick<UnsureRow, 'add' | 'remove'>, tagIds: string[] | null): UnsureNow {
  if (tagIds === null) return { state: 'gone' };
  const missing = add.filter((tagId) => !tagIds.includes(tagId));
  const still = remove.filter((tagId) => tagIds.includes(tagId));
  return missing.length + still.length === 0 ? { state: 'written' } : { state: 'notWritten', missing, still };
}

const noAnswer: Sentence = { 'zh-CN': '企业微信没有答复', en: 'WeCom did not answer' };

async function lookUp(look: LookAt, row: UnsureRow, language: Language): Promise<UnsureNow> {
  try {
    const { state } = await within(patienceMs, look(row.externalUserId), wecomUnavailable);
    return compareUnsure(row, state?.follows.find(({ staffUserId }) => staffUserId === row.staffUserId)?.tagIds ?? null);
  } catch (error) {
    if (error instanceof WeComError && error.errcode === noSuchCustomer) return { state: 'gone' };
    return { state: 'unknown', reason: error instanceof WeComError ? `${error.errcode ?? ''} ${error.errmsg}`.trim() : noAnswer[language] };
  }
}

/** The oldest writes of which nobody can say whether WeCom made them, with what it shows now. */
export async function showUnsure(deps: Pick<UnsureDeps, 'db' | 'clock' | 'wecom'>, language: Language): Promise<UnsureWrites> {
  const { db } = deps;
  const rows = await listUnsure(db, atOnce);
  const names = rows.length > 0 ? await namesOfTags(db) : new Map<string, string>();
  const named = (tagIds: string[]) => tagIds.map((tagId) => names.get(tagId) ?? tagId);
  const look = lookOnce({ clock: deps.clock, wecom: deps.wecom.onTerms({ maxWaitMs: patienceMs }) });
  const writes = await Promise.all(
    rows.map(async ({ settledAt, createdAt, ...row }): Promise<UnsureWrite> => {
      const now = await lookUp(look, { ...row, settledAt, createdAt }, language);
      return {
        ...row,
        createdAt: createdAt.toISOString(),
        givenUpAt: (settledAt ?? createdAt).toISOString(),
        add: named(row.add),
        remove: named(row.remove),
        now: now.state === 'notWritten' ? { ...now, missing: named(now.missing), still: named(now.still) } : now,
      };
    }),
  );
  return { total: await countUnsure(db), writes };
}

/** A person's word for one of them. Answers how many are left. */
export async function answerUnsure(
  { db, clock, config }: Omit<UnsureDeps, 'wecom'>,
  key: WriteKey,
  answer: UnsureAnswer,
  who: Who,
): Promise<number> {
  const { corpId } = config.wecom;
  const at = clock.now();
  await db.transaction(async (tx) => {
    const row = await lockUnsure(tx, key);
    if (row === null) throw unsureWriteNotFound();
    if (answer === 'again' && row.overtaken) throw unsureOvertaken();
    await (answer === 'again' ? oweAgain(tx, row) : strikeOff(tx, key, at));
    const { writeId, staffUserId, add, remove } = row;
    await writeAudit(tx, {
      corpId,
      who,
      action: `write.${answer}`,
      subject: { kind: 'customer', id: row.externalUserId },
      detail: { writeId, staffUserId, add, remove },
      at,
    });
  });
  return countUnsure(db);
}
