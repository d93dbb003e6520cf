import type { DoctorCheck } from '@nextline/contract';
import type { Findings } from './findings.ts';
import { failed, keptFrom, ok, places, quote, undecided, unknown } from './words.ts';

export function checkSignInDomain({ agent, publicUrl, signInRefused }: Findings): DoctorCheck {
  const subject = { id: 'sign_in_domain', title: '网页授权可信域名' } as const;
  if (publicUrl === null) return unknown(subject, '设置还没填对', '填好 PUBLIC_URL，再测一次。');
  const { host } = new URL(publicUrl);
  const fix = `在${places.domain}的「网页授权」里填 ${host}；要放的验证文件见 docs/operations.md。`;
  if ('got' in agent) {
    if (agent.got.signInDomain === host) return ok(subject, `${host} 可以登录。`);
    const set = agent.got.signInDomain === '' ? '还没有设' : `是 ${agent.got.signInDomain}`;
    return failed(subject, `网页授权的可信域名${set}，和 ${host} 对不上。`, fix);
  }
  if (signInRefused) return failed(subject, `企业微信不让登录页回到 ${host}（50001）。`, fix);
  return unknown(subject, keptFrom(agent) ?? '读不到应用的设置', `核对${places.domain}的「网页授权」是 ${host}。`);
}

/** Only WeCom's client compares the page with this list, so a server can learn of it only from what has worked. */
export function checkJsDomain({ publicUrl, store }: Findings): DoctorCheck {
  const subject = { id: 'js_domain', title: 'JS-SDK 可信域名' } as const;
  if (store?.sentFromSidebarLately) return ok(subject, '近 7 天有话术从侧边栏发出去。');
  const host = publicUrl === null ? 'PUBLIC_URL 的域名' : new URL(publicUrl).host;
  return undecided(
    subject,
    '只有企业微信客户端会查它，服务器问不到；近 7 天也没有从侧边栏发过话术。',
    `在${places.domain}的「JS-SDK」里填 ${host}，再打开一位客户的侧边栏：看得到客户名字，就是好的。`,
  );
}

export function checkVerifyFile({ verifyFile, publicUrl }: Findings): DoctorCheck[] {
  if (verifyFile === null) return [];
  const subject = { id: 'verify_file', title: '域名验证文件' } as const;
  const { name, found } = verifyFile;
  if (found === null) return [unknown(subject, '对外地址没有应答', '先让下面的回调地址通过。')];
  if (found) return [ok(subject, `${name} 读得到。`)];
  return [
    failed(
      subject,
      `${publicUrl ?? ''}/${name} 读不到，或内容不对。`,
      '把下载的验证文件原样放在域名的根目录下，nginx 和 Caddy 的写法见 docs/operations.md。',
    ),
  ];
}

const proxyFix = '看域名解析、证书、反向代理和服务是否在运行：反向代理要把所有路径原样转给服务。';

export function checkCallbackUrl({ callback, publicUrl }: Findings): DoctorCheck {
  const subject = { id: 'callback_url', title: '回调地址' } as const;
  const address = `${publicUrl ?? 'PUBLIC_URL'}/wecom/callback`;
  switch (callback.kind) {
    case 'not_asked':
      return unknown(subject, '设置还没填对', '填好 PUBLIC_URL、WECOM_CALLBACK_TOKEN 和 WECOM_CALLBACK_AES_KEY，再测一次。');
    case 'silent':
      return failed(subject, `${address} 没有应答。`, proxyFix, [callback.reason]);
    case 'refused':
      if (callback.status === 401 || callback.status === 400)
        return failed(
          subject,
          `${address} 不认我们的签名（${callback.status}）。`,
          '服务用的 Token 和 EncodingAESKey 和这里的不一样：改好设置后重启服务。',
        );
      return failed(subject, `${address} 答的是 HTTP ${callback.status}，不是我们的服务。`, proxyFix);
    case 'wrong_text':
      return failed(subject, `${address} 答的不是解密后的原文。`, '反向代理不要改写正文：不要加引号、换行或错误页。');
    case 'answered':
      if (callback.ms > 1000)
        return failed(
          subject,
          `${address} 答得太慢（${callback.ms} 毫秒，企业微信只等 1 秒）。`,
          '看服务器和反向代理为什么慢，先修好再到后台保存回调地址。',
        );
      return ok(subject, `${callback.ms} 毫秒内答对。`, [`后台要填的：URL ${address}，位置${places.callback}`]);
  }
}

export function checkCallbackArrivals({ store }: Findings): DoctorCheck {
  const subject = { id: 'callback_arrivals', title: '收到的回调' } as const;
  if (store === null) return unknown(subject, '数据库读不到', null);
  if (store.lastCallbackAt !== null) return ok(subject, `最近一次：${inShanghai(store.lastCallbackAt)}。`);
  return undecided(
    subject,
    '近来没有收到过企业微信的回调，也许只是没有事发生。',
    `在企业微信里改一位客户的备注再看；还收不到，就核对${places.callback}的 URL，并勾选「外部联系人变更回调」。`,
  );
}

const inShanghai = (at: Date) =>
  new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' }).format(at);

const tickets = {
  corpTicket: { id: 'corp_ticket', title: '企业 ticket' },
  agentTicket: { id: 'agent_ticket', title: '应用 ticket' },
} as const;

export function checkTicket(findings: Findings, which: 'corpTicket' | 'agentTicket'): DoctorCheck {
  const subject = tickets[which];
  const answer = findings[which];
  if ('got' in answer) return ok(subject, '拿得到，侧边栏可以签名。');
  const hidden = keptFrom(answer);
  if (hidden !== null) return unknown(subject, hidden, null);
  return failed(
    subject,
    `企业微信不给 ticket（${'refused' in answer ? answer.refused : ''}）。`,
    `核对${places.app}已启用，过一会儿再测。`,
    quote(answer),
  );
}

export function checkMediaUpload({ media }: Findings): DoctorCheck {
  const subject = { id: 'media_upload', title: '素材上传' } as const;
  if ('got' in media) return ok(subject, '图片传得上去。');
  const hidden = keptFrom(media);
  if (hidden !== null) return unknown(subject, hidden, null);
  return failed(
    subject,
    `图片传不上去（${'refused' in media ? media.refused : ''}）。`,
    `核对${places.app}已启用；反向代理或防火墙不要拦住上传。`,
    quote(media),
  );
}
