import { WeComError } from '@nextline/wecom';
import { AppError, tagNotFound, tagRejected } from '../errors.ts';
import { mayBeDone } from '../wecom-sync/outbox-decision.ts';

/** Why, and what to do about it: WeCom lets an app edit only what it has made itself. */
export const tagNotOurs = (names: string[]) =>
  new AppError({
    code: 'tag.not_ours',
    status: 409,
    sentence: {
      'zh-CN': `${names.map((name) => `「${name}」`).join('')}不是这个应用建的，企业微信只让建它的人改。请在企业微信后台「客户联系 → 客户标签」里改，改完会自动同步过来。`,
      en: `This app did not make ${names.map((name) => `“${name}”`).join(', ')}, and WeCom lets only who made it change it. Do it in WeCom’s console, 客户联系 → 客户标签; it comes here by itself.`,
    },
    details: { names },
  });
export const tagNameTaken = (name: string) =>
  new AppError({
    code: 'tag.name_taken',
    status: 409,
    sentence: { 'zh-CN': `「${name}」已经有了，换个名字。`, en: `“${name}” is there already. Choose another name.` },
    details: { field: 'name' },
  });
const tooManyTags = () =>
  new AppError({
    code: 'tag.too_many',
    status: 409,
    sentence: { 'zh-CN': '企业微信最多放 10,000 个标签，先删掉一些。', en: 'WeCom holds at most 10,000 tags. Delete some first.' },
  });

const errcodes = { notOurs: 81011, nameTaken: 40071, noSuchTag: 40068, tooMany: 40126 };

/** WeCom knows something that we do not: it may have done what it did not answer, a name is taken that we do not show, or what we show is gone. */
export const isNews = (error: unknown): boolean =>
  error instanceof WeComError && (mayBeDone(error) || error.errcode === errcodes.nameTaken || error.errcode === errcodes.noSuchTag);

/** What WeCom said no to, in words; everything else is not a refusal. `name`: of what was to be changed; `wanted`: the names that it was to get. */
export function refusalOf(error: unknown, name: string, wanted: readonly string[]): unknown {
  if (!(error instanceof WeComError)) return error;
  switch (error.errcode) {
    case errcodes.notOurs:
      return tagNotOurs([name]);
    case errcodes.nameTaken:
      return tagNameTaken(wanted.join('、'));
    case errcodes.noSuchTag:
      return tagNotFound();
    case errcodes.tooMany:
      return tooManyTags();
    default:
      return error.kind === 'caller' || error.kind === 'business' || error.kind === 'unknown'
        ? tagRejected(
            error.errcode === null
              ? { 'zh-CN': '没有说原因', en: 'no reason given' }
              : { 'zh-CN': `错误 ${error.errcode}`, en: `error ${error.errcode}` },
          )
        : error;
  }
}
