import type { Part, SendToMeBody, SendToMeReply } from '@nextline/contract';
import { WeComError } from '@nextline/wecom';
import { writeAudit } from '../audit/write-audit.ts';
import { wecomUnavailable } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { requirePermission } from '../identity/permissions.ts';
import { asItIs, type Sentence } from '../sentence.ts';
import { appMessagesOf } from './app-messages.ts';
import { checkScript } from './check-script.ts';
import { prepareCheck } from './find-findings.ts';
import { requireMedia } from './publish-version.ts';
import { blankContent, mediaOf } from './script-content.ts';
import { notReady, notSentToMe } from './script-errors.ts';
import { readScriptRules } from './script-rules.store.ts';
import { wecomMediaId } from './wecom-media.ts';

/** 发给我自己: the words as they arrive on a phone, before any customer reads them. Only ever to whoever asks. */
export async function sendToMe(deps: Deps, who: Principal, { title, parts }: SendToMeBody): Promise<SendToMeReply> {
  requirePermission(who, 'scripts.write');
  const { corpId } = deps.config.wecom;
  const content = { ...blankContent, title, parts };
  await requireMedia(deps.db, content);
  const found = checkScript(content, await prepareCheck(deps.db, await readScriptRules(deps.db), mediaOf(parts), deps.clock.now()));
  const wrong = found.filter(({ level, field }) => level === 'error' && field !== 'title');
  if (wrong.length > 0) throw notReady(wrong);
  // Every file is there before the first message goes: half a script tells nobody how it looks.
  const messages = (await Promise.all(parts.map((part) => messagesOf(deps, part)))).map((list, at) => ({ n: at + 1, list }));
  let sent = 0;
  for (const { n, list } of messages)
    for (const message of list) {
      await sendOne(deps, who, n, message);
      sent += 1;
    }
  await writeAudit(deps.db, {
    corpId,
    who,
    action: 'script.send_to_me',
    subject: { kind: 'staff', id: who.staffUserId },
    detail: { title, messages: sent },
    at: deps.clock.now(),
  });
  return { messages: sent };
}

async function messagesOf(deps: Deps, part: Part) {
  const file = 'media' in part ? { sha256: part.media.sha256, kind: part.kind, title: part.media.fileName } : null;
  return appMessagesOf(part, { mediaId: file ? await wecomMediaId(deps, file) : '', publicUrl: deps.config.publicUrl });
}

type Message = Awaited<ReturnType<typeof messagesOf>>[number];

async function sendOne({ wecom }: Deps, { staffUserId }: Principal, n: number, message: Message): Promise<void> {
  const before: Sentence = n > 1 ? { 'zh-CN': `前 ${n - 1} 条发到了，`, en: `The first ${n - 1} arrived. ` } : { 'zh-CN': '', en: '' };
  try {
    const { invalidUserIds, unlicensedUserIds } = await wecom.sendAppMessage({ to: { userIds: [staffUserId] }, message });
    if (invalidUserIds.length > 0) throw notSentToMe(outOfSight);
    if (unlicensedUserIds.length > 0)
      throw notSentToMe({
        'zh-CN': '你的账号没有接口许可，应用发不到你。请管理员在企业微信后台分配。',
        en: 'Your account has no API licence, so the app cannot reach you. An admin can assign one in WeCom’s console.',
      });
  } catch (error) {
    if (!(error instanceof WeComError)) throw error;
    if (error.kind === 'transient' && error.errcode === null && n === 1) throw wecomUnavailable();
    if (error.kind === 'rate') throw notSentToMe(tooFast(before), 60);
    throw notSentToMe(error.errcode === nobodyReached ? outOfSight : notTaken(before, n, whyNot(error)));
  }
}

const nobodyReached = 81013;
const outOfSight = {
  'zh-CN': '应用看不到你，发不到。请管理员把你加进应用的「可见范围」。',
  en: 'The app cannot see you, so nothing reaches you. Ask an admin to add you to its 可见范围.',
};

const tooFast = (before: Sentence): Sentence => ({
  'zh-CN': `${before['zh-CN']}后面的太快了：同一个人一分钟最多收 30 条。过一分钟再发。`,
  en: `${before.en}The rest came too fast: nobody gets more than 30 a minute. Send it in a minute.`,
});
const notTaken = (before: Sentence, n: number, why: Sentence): Sentence => ({
  'zh-CN': `${before['zh-CN']}第 ${n} 条企业微信没有收：${why['zh-CN']}`,
  en: `${before.en}WeCom did not take message ${n}: ${why.en}`,
});

/** In our words where we have some. */
function whyNot({ kind, errcode, errmsg }: WeComError): Sentence {
  if (kind === 'config')
    return {
      'zh-CN': `应用的设置不对，去「体检」看看（${errcode}）。`,
      en: `the app is not set up right, see the health check (${errcode}).`,
    };
  return kind === 'transient'
    ? { 'zh-CN': '它没有回音，过一会儿再试。', en: 'it gave no answer, try again in a while.' }
    : asItIs(`${errcode ?? ''} ${errmsg}`.trim().slice(0, 200));
}
