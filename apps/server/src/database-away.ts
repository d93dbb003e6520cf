/** Connection refused, reset, being shut down or started, no free slot, a full disk, no answer in time: the same request may succeed in seconds. */
const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '57014',
  '53100',
  '53300',
  // A primary that has become a standby.
  '25006',
  '40001',
  '40P01',
]);
const awaySentences =
  /Connection terminated|timeout exceeded when trying to connect|^timeout expired$|Client has encountered a connection error/;

/** True if Postgres could not be asked, as opposed to having said no. Looks through what wraps the error. */
export function databaseIsAway(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
    if (awayCodes.has(code) || code.startsWith('08') || awaySentences.test(cause.message)) return cameFromPostgres(error);
  }
  return false;
}

// A WeCom call may also end in ECONNREFUSED; that one carries its own class.
function cameFromPostgres(error: unknown): boolean {
  return !(error instanceof Error && error.name === 'WeComError');
}
