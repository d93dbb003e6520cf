import type { DoctorCheck } from '@nextline/contract';
import { ourAddress, whoHasCustomers } from '../wecom-sync/remember-answers.ts';
import type { Findings } from './findings.ts';
import { lastTime, lastTimeInWords } from './last-time.ts';
import { failed, keptFrom, ok, places, quote, unknown } from './words.ts';

export function checkSecret({ secret, token, secretAskedAgainAt }: Findings): DoctorCheck {
  const subject = { id: 'secret', title: 'Secret' } as const;
  if ('got' in secret) return ok(subject, '企业微信认这个 Secret。');
  const rest = token === 'kept' ? ['下面各项是用服务存下的、还没过期的令牌测的。'] : [];
  const waits = secretAskedAgainAt && ['服务隔一会儿才再试，免得企业微信封这个 IP；改了设置重启，马上重试。'];
  rest.push(...(waits ?? []));
  if ('silent' in secret)
    return failed(subject, '连不上企业微信。', '看服务器能不能访问 WECOM_API_URL（默认 https://qyapi.weixin.qq.com）：DNS、出口、代理。', [
      ...quote(secret),
      ...rest,
    ]);
  if ('notAsked' in secret) return unknown(subject, '设置还没填对', `从${places.secret}复制到 WECOM_SECRET。`);
  if (secret.refused === 40013)
    return failed(subject, '企业微信没有这个企业 ID（40013）。', `从${places.corp}重新复制到 WECOM_CORP_ID。`, [...quote(secret), ...rest]);
  if (secret.refused === 40001)
    return failed(subject, '企业微信不认这个 Secret（40001）。', `从${places.secret}重新复制到 WECOM_SECRET，再重启服务。`, [
      ...quote(secret),
      ...rest,
    ]);
  return failed(subject, `企业微信不给令牌（${secret.refused}）。`, `核对 WECOM_CORP_ID 和 WECOM_SECRET：${places.secret}。`, [
    ...quote(secret),
    ...rest,
  ]);
}

export function checkTrustedIp(findings: Findings): DoctorCheck {
  const subject = { id: 'trusted_ip', title: '可信 IP' } as const;
  const { refusedAddresses: refused, addressPassed, agent } = findings;
  if (refused.length > 0) {
    const some = addressPassed ? '有的请求被挡、有的放行：服务器有不止一个出口，' : '';
    return failed(
      subject,
      `${some}企业微信看到的 IP ${refused.join('、')} 不在企业可信IP里（60020）。`,
      `把 ${refused.join('、')} 加进${places.trustedIp}，约 1 分钟后生效。`,
    );
  }
  if (addressPassed) return ok(subject, '企业微信放行了服务器的 IP。');
  const hidden = keptFrom(agent) ?? '没有一个请求得到回答';
  const last = lastTime(findings, ourAddress);
  const look = `核对服务器的出口 IP 在不在${places.trustedIp}里。`;
  if (last === null) return unknown(subject, hidden, look);
  if (last.errcode === 0) return unknown(subject, `${hidden}；${lastTimeInWords(last, findings)}是放行的`, look);
  return failed(
    subject,
    `现在测不到：${hidden}；${lastTimeInWords(last, findings)}企业微信说 IP ${last.said} 不在企业可信IP里（60020）。`,
    `把 ${last.said} 加进${places.trustedIp}，约 1 分钟后生效。`,
  );
}

export function checkApp({ agent, agentId }: Findings): DoctorCheck {
  const subject = { id: 'app', title: '应用' } as const;
  if ('got' in agent) {
    if (agent.got.closed) return failed(subject, `应用「${agent.got.name}」被停用了。`, `在${places.app}里启用它。`);
    return ok(subject, `「${agent.got.name}」（AgentId ${agentId}）。`);
  }
  const hidden = keptFrom(agent);
  if (hidden !== null) return unknown(subject, hidden, `核对 WECOM_AGENT_ID 是不是${places.app}的 AgentId。`);
  return failed(
    subject,
    `AgentId ${agentId} 不是这个 Secret 的应用${'refused' in agent ? `（${agent.refused}）` : ''}。`,
    `从${places.app}重新复制 AgentId 到 WECOM_AGENT_ID；它和 Secret 要出自同一个应用。`,
    quote(agent),
  );
}

export function checkCallableApp(findings: Findings): DoctorCheck {
  const { followUsers } = findings;
  const subject = { id: 'callable_app', title: '可调用接口的应用' } as const;
  const fix = `在${places.callable}里勾选本应用。`;
  if ('got' in followUsers) return ok(subject, '应用可以调用客户联系接口。');
  if ('refused' in followUsers && followUsers.refused === 48002)
    return failed(subject, '应用不在「可调用接口的应用」里，读不到客户（48002）。', fix, quote(followUsers));
  const hidden = keptFrom(followUsers);
  if (hidden === null)
    return failed(subject, `读不到跟客户的成员（${'refused' in followUsers ? followUsers.refused : ''}）。`, fix, quote(followUsers));
  const last = lastTime(findings, whoHasCustomers);
  const look = `核对${places.callable}里勾选了本应用。`;
  if (last === null) return unknown(subject, hidden, look);
  if (last.errcode === 0) return unknown(subject, `${hidden}；${lastTimeInWords(last, findings)}是好的`, look);
  const said = last.errcode === 48002 ? '应用不在「可调用接口的应用」里' : '读不到跟客户的成员';
  return failed(subject, `现在测不到：${hidden}；${lastTimeInWords(last, findings)}企业微信说${said}（${last.errcode}）。`, fix);
}
