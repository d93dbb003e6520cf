import { customerFilter, type CustomerFilter } from '@nextline/contract';
import { requestInvalid } from '../errors.ts';
import { issueInWords } from '../issue-words.ts';
import type { Sentence } from '../sentence.ts';

const unreadable: Sentence = { 'zh-CN': '筛选条件读不出来。', en: 'The filter cannot be read.' };
const wrong = (path: string, message: Sentence) => requestInvalid([{ path: `query.filter${path}`, message }]);

/** A filter from a query string, or `request.invalid` naming what is wrong with it. */
export function readFilter(json: string | undefined): CustomerFilter {
  let said: unknown;
  try {
    said = JSON.parse(json ?? '{}');
  } catch {
    throw wrong('', unreadable);
  }
  const read = customerFilter.safeParse(said);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw wrong(issue ? `.${issue.path.join('.')}` : '', issue ? issueInWords(issue) : unreadable);
}
