import { requestInvalid } from './errors.ts';
import type { App } from './feature.ts';

/** `\u0000` in JSON text, but not `\\u0000`, which is a backslash and five letters. */
const escapedNul = /(?<!\\)(?:\\\\)*\\u0000/;

/** JSON, without `__proto__` tricks and without NUL, which Postgres cannot store. The same for NUL in an address. */
export function readJsonBodies(app: App): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (escapedNul.test(body)) done(requestInvalid([{ path: 'body', message: '文字里有看不见的空字符，去掉它再存。' }]));
    else if (body === '') done(null, undefined);
    else parseJson(request, body, done);
  });
  app.addHook('onRequest', (request, _reply, next) => {
    if (request.url.includes('%00')) next(requestInvalid([{ path: 'url', message: 'NUL' }]));
    else next();
  });
}
