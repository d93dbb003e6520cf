import type { MediaRef, Part, ScriptContent, ScriptFinding } from '@nextline/contract';
import { variablesIn } from '@nextline/script-variables';
import { longestAnswer, shortestAnswer } from './answer-words.ts';
import type { FoundWord } from './find-words.ts';
import { largestBytes } from './sniff-content.ts';

/** What the check must know beside the content. Sizes of pictures in pixels, by hash. */
export type Checking = {
  findWords: (text: string) => FoundWord[];
  pictures: ReadonlyMap<string, { width: number; height: number }>;
  knownVariables: ReadonlySet<string>;
  now: Date;
};

/** Variables that some customers or guides have no value for. */
const mayBeEmpty = new Set(['上次购买', '门店']);

const bytesOf = (text: string) => Buffer.byteLength(text, 'utf8');

const finding = (level: ScriptFinding['level'], field: string, code: string, sentence: string): ScriptFinding => ({
  field,
  level,
  code,
  sentence,
  from: null,
  to: null,
  replaceWith: null,
});
const error = (field: string, code: string, sentence: string) => finding('error', field, code, sentence);
const warning = (field: string, code: string, sentence: string) => finding('warning', field, code, sentence);

/** WeCom's limits in bytes of UTF-8, as for welcome and mass messages; a chat message has no documented one of its own. A Han character takes three. */
const longestBytes = { text: 4000, linkTitle: 128, linkDescription: 512, linkUrl: 2048, miniprogramTitle: 64 } as const;

function tooLong(field: string, name: string, text: string, limit: number): ScriptFinding[] {
  const bytes = bytesOf(text);
  if (bytes <= limit) return [];
  return [
    error(field, 'text.too_long', `${name}太长，企业微信最多收 ${limit} 字节（约 ${Math.floor(limit / 3)} 个汉字），现在 ${bytes} 字节。`),
  ];
}

/** Everything that WeCom would refuse (`error`) or that somebody should look at (`warning`), with the field it stands in. */
export function checkScript(content: ScriptContent, checking: Checking): ScriptFinding[] {
  const { title, parts, validFrom, validUntil } = content;
  const found: ScriptFinding[] = [];
  if (title.trim() === '') found.push(error('title', 'title.empty', '写个标题，同事用它来搜。'));
  if (parts.length === 0) found.push(error('parts', 'parts.empty', '还没有消息，至少加一条。'));
  if (validFrom !== null && validUntil !== null && Date.parse(validFrom) >= Date.parse(validUntil))
    found.push(error('validUntil', 'dates.reversed', '结束时间要晚于开始时间。'));
  else if (validUntil !== null && Date.parse(validUntil) <= checking.now.getTime())
    found.push(warning('validUntil', 'dates.over', '有效期已经过了，发布后导购看不到。'));
  found.push(...checkFit(content.fit));
  for (const [n, part] of parts.entries()) found.push(...checkPart(part, `parts.${n}`, content, checking));
  return found;
}

function checkDays(field: string, days: readonly [number, number] | null): ScriptFinding[] {
  return days !== null && days[1] < days[0] ? [error(field, 'fit.days_reversed', '后面的天数要不小于前面的。')] : [];
}

/** Conditions that can never be met: nobody would be offered it, and nobody would know why. */
function checkFit({ answers, daysSinceFollow, daysSinceOrder }: ScriptContent['fit']): ScriptFinding[] {
  const unheard = answers.filter((word) => word.length < shortestAnswer || word.length > longestAnswer);
  return [
    ...checkDays('fit.daysSinceFollow', daysSinceFollow),
    ...checkDays('fit.daysSinceOrder', daysSinceOrder),
    ...unheard.map((word) =>
      warning('fit.answers', 'fit.answer_length', `「${word}」对不上客户的话，写 ${shortestAnswer} 到 ${longestAnswer} 个字的词。`),
    ),
  ];
}

function checkPart(part: Part, field: string, content: ScriptContent, checking: Checking): ScriptFinding[] {
  switch (part.kind) {
    case 'text':
      return [
        ...(part.text.trim() === '' ? [error(`${field}.text`, 'text.empty', '这条是空的，写点什么或者删掉它。')] : []),
        ...tooLong(`${field}.text`, '文字', part.text, longestBytes.text),
        ...checkWords(`${field}.text`, part.text, checking),
        ...checkVariables(`${field}.text`, part.text, content, checking),
      ];
    case 'image':
    case 'video':
    case 'file':
      return checkFile(part.kind, part.media, `${field}.media`, checking);
    case 'link':
      return [
        ...(part.title.trim() === '' ? [error(`${field}.title`, 'link.no_title', '链接要有标题。')] : []),
        ...tooLong(`${field}.title`, '链接标题', part.title, longestBytes.linkTitle),
        ...tooLong(`${field}.description`, '链接说明', part.description, longestBytes.linkDescription),
        ...tooLong(`${field}.url`, '网址', part.url, longestBytes.linkUrl),
        ...checkUrl(`${field}.url`, part.url),
        ...checkWords(`${field}.title`, part.title, checking),
        ...checkWords(`${field}.description`, part.description, checking),
        ...(part.cover === null ? [] : checkFile('image', part.cover, `${field}.cover`, checking)),
      ];
    case 'miniprogram':
      return [
        ...(part.title.trim() === '' ? [error(`${field}.title`, 'miniprogram.no_title', '小程序要有标题。')] : []),
        ...tooLong(`${field}.title`, '小程序标题', part.title, longestBytes.miniprogramTitle),
        ...(/^wx[0-9a-z]{16}$/.test(part.appId)
          ? []
          : [error(`${field}.appId`, 'miniprogram.app_id', 'AppID 是 wx 开头的 18 位，在小程序后台能找到。')]),
        ...checkPage(`${field}.page`, part.page),
        ...checkWords(`${field}.title`, part.title, checking),
        ...checkFile('image', part.cover, `${field}.cover`, checking),
      ];
  }
}

function checkFile(kind: 'image' | 'video' | 'file', media: MediaRef, field: string, { pictures }: Checking): ScriptFinding[] {
  const limit = largestBytes[kind];
  const found: ScriptFinding[] = [];
  if (media.byteSize > limit)
    found.push(error(field, 'media.too_large', `「${media.fileName}」太大，企业微信最多收 ${limit / 1024 / 1024} MB。`));
  const right = kind === 'image' ? /^image\/(png|jpeg)$/ : kind === 'video' ? /^video\/mp4$/ : null;
  if (right !== null && !right.test(media.contentType))
    found.push(error(field, 'media.wrong_kind', kind === 'image' ? '图片只能是 JPG 或 PNG。' : '视频只能是 MP4。'));
  const size = kind === 'image' ? pictures.get(media.sha256) : undefined;
  // Not documented for chats; what moments refuse is no picture for a phone either.
  if (size && Math.max(size.width, size.height) > 10_800)
    found.push(error(field, 'image.sides', `图片是 ${size.width} × ${size.height}，长边最多 10800 像素。`));
  return found;
}

function checkUrl(field: string, url: string): ScriptFinding[] {
  const ok = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  return ok ? [] : [error(field, 'link.url', '网址要以 https:// 或 http:// 开头，而且能打开。')];
}

/** WeCom on a PC opens a mini-program's page only with `.html` behind its path. */
function checkPage(field: string, page: string): ScriptFinding[] {
  const query = page.indexOf('?');
  const end = query < 0 ? page.length : query;
  if (page.slice(0, end).trim() === '') return [error(field, 'miniprogram.no_page', '填小程序的页面路径，比如 pages/index/index.html。')];
  if (page.slice(0, end).endsWith('.html')) return [];
  return [
    {
      ...error(field, 'miniprogram.page_ending', '页面路径要以 .html 结尾，企业微信电脑端打不开这个路径。'),
      from: end,
      to: end,
      replaceWith: '.html',
    },
  ];
}

function checkWords(field: string, text: string, { findWords }: Checking): ScriptFinding[] {
  return findWords(text).map(({ from, to, word }) => ({
    ...warning(field, 'word.forbidden', `「${text.slice(from, to)}」${word.why}`),
    from,
    to,
    replaceWith: word.replaceWith,
  }));
}

function checkVariables(field: string, text: string, { defaults }: ScriptContent, { knownVariables }: Checking): ScriptFinding[] {
  return variablesIn(text)
    .filter((variable) => (defaults[variable] ?? '') === '')
    .flatMap((variable) => {
      const from = text.indexOf(`{${variable}}`);
      const place = from < 0 ? {} : { from, to: from + variable.length + 2 };
      if (!knownVariables.has(variable))
        return [{ ...warning(field, 'variable.unknown', `没有「${variable}」这项资料，导购每次都要自己补。`), ...place }];
      if (mayBeEmpty.has(variable))
        return [{ ...warning(field, 'variable.may_be_empty', `「${variable}」填不上时，导购要先补才能发。可以设个默认词。`), ...place }];
      return [];
    });
}

export const hasErrors = (findings: readonly ScriptFinding[]): boolean => findings.some(({ level }) => level === 'error');
