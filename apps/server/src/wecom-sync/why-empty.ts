import type { WeComError } from '@nextline/wecom';
import { asItIs, type Sentence } from '../sentence.ts';

const words = {
  none_yet: { 'zh-CN': '还没有客户', en: 'Has no customers yet' },
  hidden: { 'zh-CN': '应用看不到这位员工：把 TA 加进应用的「可见范围」', en: 'The app cannot see this person: add them to its 可见范围' },
  hidden_since: {
    'zh-CN': '应用看不到这位员工，资料停在上次读到的样子',
    en: 'The app cannot see this person any more; what is here is what was read last',
  },
  left: { 'zh-CN': '企业微信里没有这位员工了', en: 'This person is no longer in WeCom' },
  not_permitted: {
    'zh-CN': '没有客户联系权限：加进「客户联系 → 权限配置 → 使用范围」',
    en: 'May not contact customers: add them under 客户联系 → 权限配置 → 使用范围',
  },
  unlicensed: { 'zh-CN': '没有接口许可', en: 'Has no API licence' },
} as const satisfies Record<string, Sentence>;

/** With WeCom's own words, where we have none. */
const quoting = {
  refused: { 'zh-CN': '读不到：', en: 'Cannot be read: ' },
  some_unreadable: { 'zh-CN': '有客户读不到：', en: 'Some customers cannot be read: ' },
} as const satisfies Record<string, Sentence>;

/** Why somebody's customers are missing or could not be read anew: what a run of the sync keeps. */
export type WhyEmpty = { code: keyof typeof words } | { code: keyof typeof quoting; said: string };
/** Runs of earlier releases kept the Chinese sentence. */
export type KeptReason = WhyEmpty | string;

export const whyEmptyCodes: readonly WhyEmpty[] = [
  ...Object.keys(words).map((code) => ({ code: code as keyof typeof words })),
  ...Object.keys(quoting).map((code) => ({ code: code as keyof typeof quoting, said: '' })),
];

const byErrcode = new Map<number | null, WhyEmpty>([
  [60011, { code: 'hidden' }],
  [60111, { code: 'left' }],
  [84074, { code: 'not_permitted' }],
  [701008, { code: 'unlicensed' }],
]);

/** WeCom refuses to speak of this one person, of one in this batch, or of this department: of the others it may say everything. */
export const isAboutOne = ({ kind, errcode }: WeComError): boolean =>
  kind === 'caller' || kind === 'unknown' || kind === 'eventual' || errcode === 60011 || errcode === 701008;

/** `said`: WeCom's own words. */
export const whyUnreadable = (errcode: number | null, said = ''): WhyEmpty =>
  byErrcode.get(errcode) ?? { code: 'refused', said: `${errcode ?? ''} ${said}`.trim().slice(0, 200) };

/** For whoever runs the corp. */
export function whyEmptyInWords(reason: KeptReason): Sentence {
  if (typeof reason === 'string') return Object.values(words).find((one) => one['zh-CN'] === reason) ?? asItIs(reason);
  if (!('said' in reason)) return words[reason.code];
  const before = quoting[reason.code];
  return { 'zh-CN': `${before['zh-CN']}${reason.said}`, en: `${before.en}${reason.said}` };
}

const isFor = (code: keyof typeof words, reason: KeptReason) =>
  typeof reason === 'string' ? reason === words[code]['zh-CN'] : reason.code === code;

/** Their list was read and there was nobody in it, so nobody must do anything about it. */
export const isNoneYet = (reason: KeptReason): boolean => isFor('none_yet', reason);

/** They left while their list was to be read: their customers wait for whoever takes them over, and nothing is wrong. */
export const hasLeft = (reason: KeptReason): boolean => isFor('left', reason);
