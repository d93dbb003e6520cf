import type { MediaRef, Part, ScriptContent, ScriptFinding } from '@nextline/contract';
import { variablesIn } from '@nextline/script-variables';
import type { Sentence } from '../sentence.ts';
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

/** As the contract has it, in both languages. */
export type Finding = Omit<ScriptFinding, 'sentence'> & { sentence: Sentence };

const finding = (level: Finding['level'], field: string, code: string, sentence: Sentence): Finding => ({
  field,
  level,
  code,
  sentence,
  from: null,
  to: null,
  replaceWith: null,
});
const error = (field: string, code: string, sentence: Sentence) => finding('error', field, code, sentence);
const warning = (field: string, code: string, sentence: Sentence) => finding('warning', field, code, sentence);

/** WeCom's limits in bytes of UTF-8, as for welcome and mass messages; a chat message has no documented one of its own. A Han character takes three. */
const longestBytes = { text: 4000, linkTitle: 128, linkDescription: 512, linkUrl: 2048, miniprogramTitle: 64 } as const;

function tooLong(field: string, name: Sentence, text: string, limit: number): Finding[] {
  const bytes = bytesOf(text);
  if (bytes <= limit) return [];
  return [
    error(field, 'text.too_long', {
      'zh-CN': `${name['zh-CN']}太长，企业微信最多收 ${limit} 字节（约 ${Math.floor(limit / 3)} 个汉字），现在 ${bytes} 字节。`,
      en: `${name.en} is too long: WeCom takes at most ${limit} bytes (some ${Math.floor(limit / 3)} Chinese characters), this has ${bytes}.`,
    }),
  ];
}

/** Everything that WeCom would refuse (`error`) or that somebody should look at (`warning`), with the field it stands in. */
export function checkScript(content: ScriptContent, checking: Checking): Finding[] {
  const { title, parts, validFrom, validUntil } = content;
  const found: Finding[] = [];
  if (title.trim() === '')
    found.push(error('title', 'title.empty', { 'zh-CN': '写个标题，同事用它来搜。', en: 'Give it a title: colleagues search by it.' }));
  if (parts.length === 0)
    found.push(error('parts', 'parts.empty', { 'zh-CN': '还没有消息，至少加一条。', en: 'There is no message yet. Add at least one.' }));
  if (validFrom !== null && validUntil !== null && Date.parse(validFrom) >= Date.parse(validUntil))
    found.push(
      error('validUntil', 'dates.reversed', { 'zh-CN': '结束时间要晚于开始时间。', en: 'The end must be later than the beginning.' }),
    );
  else if (validUntil !== null && Date.parse(validUntil) <= checking.now.getTime())
    found.push(
      warning('validUntil', 'dates.over', {
        'zh-CN': '有效期已经过了，发布后导购看不到。',
        en: 'Its time is over: guides would not see it once it is published.',
      }),
    );
  found.push(...checkFit(content.fit));
  for (const [n, part] of parts.entries()) found.push(...checkPart(part, `parts.${n}`, content, checking));
  return found;
}

function checkDays(field: string, days: readonly [number, number] | null): Finding[] {
  return days !== null && days[1] < days[0]
    ? [
        error(field, 'fit.days_reversed', {
          'zh-CN': '后面的天数要不小于前面的。',
          en: 'The second number of days must not be smaller than the first.',
        }),
      ]
    : [];
}

/** Conditions that can never be met: nobody would be offered it, and nobody would know why. */
function checkFit({ answers, daysSinceFollow, daysSinceOrder }: ScriptContent['fit']): Finding[] {
  const unheard = answers.filter((word) => word.length < shortestAnswer || word.length > longestAnswer);
  return [
    ...checkDays('fit.daysSinceFollow', daysSinceFollow),
    ...checkDays('fit.daysSinceOrder', daysSinceOrder),
    ...unheard.map((word) =>
      warning('fit.answers', 'fit.answer_length', {
        'zh-CN': `「${word}」对不上客户的话，写 ${shortestAnswer} 到 ${longestAnswer} 个字的词。`,
        en: `“${word}” can match nothing a customer says. Use ${shortestAnswer} to ${longestAnswer} characters.`,
      }),
    ),
  ];
}

function checkPart(part: Part, field: string, content: ScriptContent, checking: Checking): Finding[] {
  switch (part.kind) {
    case 'text':
      return [
        ...(part.text.trim() === ''
          ? [
              error(`${field}.text`, 'text.empty', {
                'zh-CN': '这条是空的，写点什么或者删掉它。',
                en: 'This message is empty. Write something or delete it.',
              }),
            ]
          : []),
        ...tooLong(`${field}.text`, { 'zh-CN': '文字', en: 'The text' }, part.text, longestBytes.text),
        ...checkWords(`${field}.text`, part.text, checking),
        ...checkVariables(`${field}.text`, part.text, content, checking),
      ];
    case 'image':
    case 'video':
    case 'file':
      return checkFile(part.kind, part.media, `${field}.media`, checking);
    case 'link':
      return [
        ...(part.title.trim() === ''
          ? [error(`${field}.title`, 'link.no_title', { 'zh-CN': '链接要有标题。', en: 'A link needs a title.' })]
          : []),
        ...tooLong(`${field}.title`, { 'zh-CN': '链接标题', en: 'The title of the link' }, part.title, longestBytes.linkTitle),
        ...tooLong(
          `${field}.description`,
          { 'zh-CN': '链接说明', en: 'The description of the link' },
          part.description,
          longestBytes.linkDescription,
        ),
        ...tooLong(`${field}.url`, { 'zh-CN': '网址', en: 'The address' }, part.url, longestBytes.linkUrl),
        ...checkUrl(`${field}.url`, part.url),
        ...checkWords(`${field}.title`, part.title, checking),
        ...checkWords(`${field}.description`, part.description, checking),
        ...(part.cover === null ? [] : checkFile('image', part.cover, `${field}.cover`, checking)),
      ];
    case 'miniprogram':
      return [
        ...(part.title.trim() === ''
          ? [error(`${field}.title`, 'miniprogram.no_title', { 'zh-CN': '小程序要有标题。', en: 'A mini-program needs a title.' })]
          : []),
        ...tooLong(
          `${field}.title`,
          { 'zh-CN': '小程序标题', en: 'The title of the mini-program' },
          part.title,
          longestBytes.miniprogramTitle,
        ),
        ...(/^wx[0-9a-z]{16}$/.test(part.appId)
          ? []
          : [
              error(`${field}.appId`, 'miniprogram.app_id', {
                'zh-CN': 'AppID 是 wx 开头的 18 位，在小程序后台能找到。',
                en: 'An AppID has 18 characters and begins with wx; it stands in the mini-program’s console.',
              }),
            ]),
        ...checkPage(`${field}.page`, part.page),
        ...checkWords(`${field}.title`, part.title, checking),
        ...checkFile('image', part.cover, `${field}.cover`, checking),
      ];
  }
}

function checkFile(kind: 'image' | 'video' | 'file', media: MediaRef, field: string, { pictures }: Checking): Finding[] {
  const limit = largestBytes[kind];
  const found: Finding[] = [];
  if (media.byteSize > limit)
    found.push(
      error(field, 'media.too_large', {
        'zh-CN': `「${media.fileName}」太大，企业微信最多收 ${limit / 1024 / 1024} MB。`,
        en: `“${media.fileName}” is too large: WeCom takes at most ${limit / 1024 / 1024} MB.`,
      }),
    );
  const right = kind === 'image' ? /^image\/(png|jpeg)$/ : kind === 'video' ? /^video\/mp4$/ : null;
  if (right !== null && !right.test(media.contentType))
    found.push(
      error(
        field,
        'media.wrong_kind',
        kind === 'image'
          ? { 'zh-CN': '图片只能是 JPG 或 PNG。', en: 'A picture must be JPG or PNG.' }
          : { 'zh-CN': '视频只能是 MP4。', en: 'A video must be MP4.' },
      ),
    );
  const size = kind === 'image' ? pictures.get(media.sha256) : undefined;
  // Not documented for chats; what moments refuse is no picture for a phone either.
  if (size && Math.max(size.width, size.height) > 10_800)
    found.push(
      error(field, 'image.sides', {
        'zh-CN': `图片是 ${size.width} × ${size.height}，长边最多 10800 像素。`,
        en: `The picture is ${size.width} × ${size.height}; its longer side may have 10800 pixels.`,
      }),
    );
  return found;
}

function checkUrl(field: string, url: string): Finding[] {
  const ok = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  return ok
    ? []
    : [
        error(field, 'link.url', {
          'zh-CN': '网址要以 https:// 或 http:// 开头，而且能打开。',
          en: 'An address begins with https:// or http:// and can be opened.',
        }),
      ];
}

/** WeCom on a PC opens a mini-program's page only with `.html` behind its path. */
function checkPage(field: string, page: string): Finding[] {
  const query = page.indexOf('?');
  const end = query < 0 ? page.length : query;
  if (page.slice(0, end).trim() === '')
    return [
      error(field, 'miniprogram.no_page', {
        'zh-CN': '填小程序的页面路径，比如 pages/index/index.html。',
        en: 'Give the path of the mini-program’s page, such as pages/index/index.html.',
      }),
    ];
  if (page.slice(0, end).endsWith('.html')) return [];
  return [
    {
      ...error(field, 'miniprogram.page_ending', {
        'zh-CN': '页面路径要以 .html 结尾，企业微信电脑端打不开这个路径。',
        en: 'The path must end in .html: WeCom on a PC cannot open it as it is.',
      }),
      from: end,
      to: end,
      replaceWith: '.html',
    },
  ];
}

function checkWords(field: string, text: string, { findWords }: Checking): Finding[] {
  return findWords(text).map(({ from, to, word }) => ({
    ...warning(field, 'word.forbidden', {
      'zh-CN': `「${text.slice(from, to)}」${word.why}`,
      en: `“${text.slice(from, to)}”: ${word.why}`,
    }),
    from,
    to,
    replaceWith: word.replaceWith,
  }));
}

function checkVariables(field: string, text: string, { defaults }: ScriptContent, { knownVariables }: Checking): Finding[] {
  return variablesIn(text)
    .filter((variable) => (defaults[variable] ?? '') === '')
    .flatMap((variable) => {
      const from = text.indexOf(`{${variable}}`);
      const place = from < 0 ? {} : { from, to: from + variable.length + 2 };
      if (!knownVariables.has(variable))
        return [
          {
            ...warning(field, 'variable.unknown', {
              'zh-CN': `没有「${variable}」这项资料，导购每次都要自己补。`,
              en: `Nothing is known as “${variable}”: guides would have to fill it in each time.`,
            }),
            ...place,
          },
        ];
      if (mayBeEmpty.has(variable))
        return [
          {
            ...warning(field, 'variable.may_be_empty', {
              'zh-CN': `「${variable}」填不上时，导购要先补才能发。可以设个默认词。`,
              en: `Where “${variable}” is not known, guides must fill it in before they can send. You can set a default.`,
            }),
            ...place,
          },
        ];
      return [];
    });
}

export const hasErrors = (findings: readonly Finding[]): boolean => findings.some(({ level }) => level === 'error');
