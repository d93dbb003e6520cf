import { requestInvalid } from './errors.ts';
import type { App } from './feature.ts';
import { asItIs, type Sentence } from './sentence.ts';

/** `\u0000` in JSON text, but not `\\u0000`, which is a backslash and five letters. */
const escapedNul = /(?<!\\)(?:\\\\)*\\u0000/;

/** Half of a character that takes two: no text has it, UTF-8 cannot say it, and Postgres would refuse it or keep something else. */
function holdsHalfCharacter(value: unknown): boolean {
  if (typeof value === 'string') return !value.isWellFormed();
  if (value === null || typeof value !== 'object') return false;
  return Object.entries(value).some(([key, held]) => !key.isWellFormed() || holdsHalfCharacter(held));
}

const hidesNul: Sentence = {
  'zh-CN': '文字里有看不见的空字符，去掉它再存。',
  en: 'There is an invisible empty character in the text. Remove it and save again.',
};

/** JSON, without `__proto__` tricks, without NUL, which Postgres cannot store, and without half characters. The same for NUL in an address. */
export function readJsonBodies(app: App): void {
  // A form on another page can send text, and JSON it cannot.
  app.removeContentTypeParser('text/plain');
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (escapedNul.test(body)) done(requestInvalid([{ path: 'body', message: hidesNul }]));
    else if (body === '') done(null, undefined);
    else
      parseJson(request, body, (error, parsed) => {
        // Only an escape can smuggle one in: bytes that are no UTF-8 were replaced when the body was read.
        if (error === null && /\\ud[89a-f]/i.test(body) && holdsHalfCharacter(parsed))
          done(
            requestInvalid([
              {
                path: 'body',
                message: {
                  'zh-CN': '文字里有残缺的字符，去掉它再存。',
                  en: 'The text has a broken character in it. Remove it and save again.',
                },
              },
            ]),
          );
        else done(error, parsed);
      });
  });
  app.addHook('onRequest', (request, _reply, next) => {
    if (request.url.includes('%00')) next(requestInvalid([{ path: 'url', message: asItIs('NUL') }]));
    else next();
  });
}
