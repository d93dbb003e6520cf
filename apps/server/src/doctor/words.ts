import type { DoctorCheck } from '@nextline/contract';
import type { Answer } from './findings.ts';

type Subject = Pick<DoctorCheck, 'id' | 'title'>;

export const ok = (subject: Subject, sentence: string, detail: string[] = []): DoctorCheck => ({
  ...subject,
  state: 'ok',
  sentence,
  fix: null,
  detail,
});

export const failed = (subject: Subject, sentence: string, fix: string, detail: string[] = []): DoctorCheck => ({
  ...subject,
  state: 'failed',
  sentence,
  fix,
  detail,
});

/** Nothing is proved either way. `look`: how a person can see for themselves. */
export const undecided = (subject: Subject, sentence: string, look: string): DoctorCheck => ({
  ...subject,
  state: 'unknown',
  sentence,
  fix: look,
  detail: [],
});

/** Something else must be repaired before this can be tested. `look`: what a person can compare meanwhile. */
export const unknown = (subject: Subject, because: string, look: string | null, detail: string[] = []): DoctorCheck => ({
  ...subject,
  state: 'unknown',
  sentence: `现在测不到：${because}。`,
  fix: look,
  detail,
});

const tokenRefused = new Set([40001, 40013, 40014, 42001]);
const because = {
  settings: '设置还没填对',
  no_token: 'Secret 没通过，也没有存下的令牌',
  wecom_away: '企业微信没有应答',
  out_of_time: '企业微信答得太慢，时间用完了',
};

/** Which earlier trouble kept this question from being answered; null when the answer itself says something about what was asked. */
export function keptFrom(answer: Answer<unknown>): string | null {
  if ('got' in answer) return null;
  if ('notAsked' in answer) return because[answer.notAsked];
  if ('silent' in answer) return because.wecom_away;
  if (answer.refused === 60020) return '服务器的 IP 被企业微信挡住了';
  if (tokenRefused.has(answer.refused)) return 'Secret 没通过，存下的令牌也不能用了';
  if (answer.refused === 48002) return '应用还不能调用客户联系接口';
  if (answer.refused === 45009 || answer.refused === 45033) return '调用太频繁，企业微信让等一会儿';
  return null;
}

/** WeCom's own words, for the detail: its support asks for the hint. */
export const quote = (answer: Answer<unknown>): string[] => {
  if ('refused' in answer) return [`企业微信说：${answer.refused} ${answer.said}`];
  return 'silent' in answer ? [answer.silent] : [];
};

/** Names, but not a whole page of them. */
export function names(people: { staffUserId: string; name: string }[], most = 8): string {
  const shown = people.slice(0, most).map(({ staffUserId, name }) => (name === '' ? staffUserId : `${name}（${staffUserId}）`));
  return shown.join('、') + (people.length > most ? `等 ${people.length} 位` : '');
}

export const places = {
  corp: '企业微信管理后台「我的企业 → 企业信息 → 企业ID」',
  app: '企业微信管理后台「应用管理 → 自建 → 本应用」',
  secret: '企业微信管理后台「应用管理 → 自建 → 本应用 → Secret」',
  trustedIp: '企业微信管理后台「应用管理 → 自建 → 本应用 → 企业可信IP」',
  callable: '企业微信管理后台「客户联系 → 可调用接口的应用」',
  contact: '企业微信管理后台「客户联系 → 权限配置 → 使用范围」',
  visible: '企业微信管理后台「应用管理 → 自建 → 本应用 → 可见范围」',
  domain: '企业微信管理后台「应用管理 → 自建 → 本应用 → 网页授权及JS-SDK」',
  callback: '企业微信管理后台「应用管理 → 自建 → 本应用 → 接收消息 → 设置API接收」',
};
