import { DrizzleQueryError } from 'drizzle-orm/errors';
import { pino, type Logger, stdSerializers } from 'pino';

const secretNames = ['cookie', 'authorization', 'set-cookie', 'secret', 'accessToken', 'ticket', 'welcomeCode', 'mobiles'];

/** The text of a failed query carries its parameters: remarks, mobile numbers, sealed tokens. Only what Postgres said about it is kept. */
function withoutParameters(error: unknown): unknown {
  if (!(error instanceof DrizzleQueryError)) return error;
  const cause = error.cause;
  const quiet = new Error(cause instanceof Error ? cause.message : 'query failed');
  const code = cause && 'code' in cause ? String(cause.code) : undefined;
  return Object.assign(quiet, { name: 'QueryFailed', code, stack: error.stack?.split('\n    at ').slice(1, 9).join(' < ') });
}

/** One log for the whole process. Cookies, tokens, codes and mobile numbers never reach it. */
export function createLog(level: string): Logger {
  return pino({
    level,
    redact: { paths: secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]), censor: '***' },
    serializers: {
      err: (error: unknown) => {
        const quiet = withoutParameters(error);
        return quiet instanceof Error ? stdSerializers.err(quiet) : quiet;
      },
      // A query string may hold an OAuth code or a callback's signature: the path is enough.
      req: (request: { method: string; url: string }) => ({ method: request.method, path: request.url.split('?', 1)[0] }),
      res: (reply: { statusCode: number }) => ({ statusCode: reply.statusCode }),
    },
  });
}
