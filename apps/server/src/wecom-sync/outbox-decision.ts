import type { WeComError } from '@nextline/wecom';

/** `unsure`: nobody can say whether it was done, so a person must look. */
export type OutboxDecision = { retryInMs: number } | { giveUp: 'refused' | 'unsure' };

/** Two days of trouble at WeCom are survived; a change that nobody takes after that is given up in the open, not kept for ever. */
const maxAttempts = 110;

const backOff = (attempts: number) => Math.min(2000 * 2 ** (Math.min(attempts, 20) - 1), 1_800_000);

type Failure = Pick<WeComError, 'kind' | 'retryAfterMs'>;

/** No usable answer, and it was asked: WeCom may have done it. Every other failure says that it has not. */
export const mayBeDone = ({ kind, retryAfterMs }: Failure): boolean => kind === 'transient' && retryAfterMs === null;

/** What becomes of a write that WeCom did not take. `attempts` includes the one that just failed; `maybeDone`: one of them may have been done. */
export function decideOutbox({ kind, retryAfterMs }: Failure, attempts: number, maybeDone: boolean): OutboxDecision {
  if (kind === 'caller' || kind === 'business') return { giveUp: 'refused' };
  // To one that may have been done it was said by the look at what became of it, and says nothing about that.
  if (kind === 'unknown' && !maybeDone) return { giveUp: 'refused' };
  // Right after they met, WeCom may not know the relation yet; 1, 2, 4, 8 s later it does, or there is none.
  if (kind === 'eventual') return attempts < 5 ? { retryInMs: 1000 * 2 ** (attempts - 1) } : { giveUp: 'refused' };
  // Never sooner than it pays, and ever more slowly, so that the tries last for days.
  const retryInMs = Math.max(retryAfterMs ?? 0, backOff(attempts));
  return attempts < maxAttempts ? { retryInMs } : { giveUp: maybeDone ? 'unsure' : 'refused' };
}

/** Why WeCom refused, for the person who tapped. */
export function refusalInWords(errcode: number | null): string {
  if (errcode === 40068) return '这个标签已经被删掉了';
  if (errcode === 84061) return '这位客户已经不是你的联系人了';
  if (errcode === 60011 || errcode === 48002) return '应用没有权限，请管理员检查「可调用接口的应用」';
  return errcode === null ? '企业微信一直没有答复' : `错误 ${errcode}`;
}
