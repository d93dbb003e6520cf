import { asItIs, type Sentence } from './sentence.ts';

/** As zod tells it, or as Fastify passes it on. */
type Issue = { code?: string; message?: string; origin?: string; maximum?: number | bigint; minimum?: number | bigint; params?: unknown };

const missing: Sentence = { 'zh-CN': '没有填，或者不是这样填的。', en: 'Missing, or not of this kind.' };
const otherwise: Sentence = { 'zh-CN': '填得不对。', en: 'This is not right.' };

/** How much of what: characters of a text, entries of a list, or the number itself. */
function limit(issue: Issue, most: boolean): Sentence {
  const n = String(most ? issue.maximum : issue.minimum);
  switch (issue.origin) {
    case 'string':
      if (!most && n === '1') return { 'zh-CN': '不能空着。', en: 'This cannot be empty.' };
      return most
        ? { 'zh-CN': `太长了，最多 ${n} 个字。`, en: `Too long: at most ${n} characters.` }
        : { 'zh-CN': `太短了，至少 ${n} 个字。`, en: `Too short: at least ${n} characters.` };
    case 'array':
    case 'set':
      return most
        ? { 'zh-CN': `太多了，最多 ${n} 个。`, en: `Too many: at most ${n}.` }
        : { 'zh-CN': `太少了，至少 ${n} 个。`, en: `Too few: at least ${n}.` };
    default:
      return most
        ? { 'zh-CN': `太大了，最大 ${n}。`, en: `Too large: at most ${n}.` }
        : { 'zh-CN': `太小了，最小 ${n}。`, en: `Too small: at least ${n}.` };
  }
}

/** What is wrong with a field, for who filled it in: zod's own messages are for programmers. A rule of ours brings its sentence, with the English in `params.en`. */
export function issueInWords(issue: Issue): Sentence {
  switch (issue.code) {
    case 'custom': {
      const { message = otherwise['zh-CN'], params } = issue;
      const en = typeof params === 'object' && params !== null && 'en' in params ? params.en : null;
      return typeof en === 'string' ? { 'zh-CN': message, en } : asItIs(message);
    }
    case 'invalid_type':
      return missing;
    case 'too_big':
      return limit(issue, true);
    case 'too_small':
      return limit(issue, false);
    case 'invalid_value':
      return { 'zh-CN': '不在能选的里面。', en: 'This is not one of the choices.' };
    case 'invalid_format':
      return { 'zh-CN': '格式不对。', en: 'This is not written in the right form.' };
    default:
      return otherwise;
  }
}
