import { DrizzleQueryError } from 'drizzle-orm/errors';
import pg from 'pg';
import { type DestinationStream, pino, type Logger, stdSerializers } from 'pino';

const secretNames = ['cookie', 'authorization', 'set-cookie', 'secret', 'accessToken', 'ticket', 'welcomeCode', 'mobiles'];

/** The text of a failed query carries its parameters: remarks, mobile numbers, sealed tokens. Only what Postgres said about it is kept. */
function withoutParameters({ cause, stack }: DrizzleQueryError): Error {
  const quiet = new Error(cause instanceof Error ? cause.message : 'query failed');
  const code = cause && 'code' in cause ? String(cause.code) : undefined;
  return Object.assign(quiet, { name: 'QueryFailed', code, stack: stack?.split('\n    at ').slice(1, 9).join(' < ') });
}

/** Postgres's own `detail` shows the row that it did not take, and `where` the statement. */
function withoutRow({ message, code, table, constraint, stack }: pg.DatabaseError): Error {
  return Object.assign(new Error(message), { name: 'DatabaseError', code, table, constraint, stack });
}

/** The error without what customers and WeCom entrusted to us, also where another error wraps it. */
function quietly(error: unknown): unknown {
  if (error instanceof DrizzleQueryError) return withoutParameters(error);
  if (error instanceof pg.DatabaseError) return withoutRow(error);
  if (!(error instanceof Error) || error.cause === undefined) return error;
  const cause = quietly(error.cause);
  if (cause === error.cause) return error;
  return Object.assign(new Error(error.message, { cause }), { name: error.name, stack: error.stack });
}

/** One log for the whole process. Cookies, tokens, codes and mobile numbers never reach it. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    redact: { paths: secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]), censor: '***' },
    serializers: {
      err: (error: unknown) => {
        const quiet = quietly(error);
        return quiet instanceof Error ? stdSerializers.err(quiet) : quiet;
      },
      // A query string may hold an OAuth code or a callback's signature: the path is enough.
      req: (request: { method: string; url: string }) => ({ method: request.method, path: request.url.split('?', 1)[0] }),
      res: (reply: { statusCode: number }) => ({ statusCode: reply.statusCode }),
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
