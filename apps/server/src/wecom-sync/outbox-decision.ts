import type { WeComErrorKind } from '@nextline/wecom';

export type OutboxDecision = { retryInMs: number } | { refuse: true };

/** Days of trouble at WeCom are survived; a change that nobody takes after that is given up in the open, not kept for ever. */
const maxAttempts = 40;

/** What becomes of a write that WeCom did not take. `attempts` includes the one that just failed. */
export function decideOutbox(kind: WeComErrorKind, attempts: number): OutboxDecision {
  switch (kind) {
    case 'caller':
    case 'business':
    case 'unknown':
      return { refuse: true };
    case 'eventual':
      // Right after they met, WeCom may not know the relation yet; 1, 2, 4, 8 s later it does, or there is none.
      return attempts < 5 ? { retryInMs: 1000 * 2 ** (attempts - 1) } : { refuse: true };
    case 'rate':
    case 'config':
      // A block lasts its whole window; a wrong setting waits for a person.
      return attempts < maxAttempts ? { retryInMs: 60_000 * Math.min(attempts, 30) } : { refuse: true };
    default:
      return attempts < maxAttempts ? { retryInMs: Math.min(2000 * 2 ** (attempts - 1), 1_800_000) } : { refuse: true };
  }
}

/** Why WeCom refused, for the person who tapped. */
export function refusalInWords(errcode: number | null): string {
  if (errcode === 40068) return '这个标签已经被删掉了';
  if (errcode === 84061) return '这位客户已经不是你的联系人了';
  if (errcode === 60011 || errcode === 48002) return '应用没有权限，请管理员检查「可调用接口的应用」';
  return errcode === null ? '企业微信一直没有答复' : `错误 ${errcode}`;
}
