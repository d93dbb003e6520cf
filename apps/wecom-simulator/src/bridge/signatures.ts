import { signJsUrl } from '@nextline/wecom';
import type { Simulator } from '../simulator.ts';
import { isTrusted } from '../oauth/oauth.routes.ts';
import { ok, pageAddress, refuse, type BridgeCall, type BridgeFunction } from './bridge-call.ts';

const help = 'more info at https://open.work.weixin.qq.com/devtool/query?e=';

/** `config`: SHA-1 with the corp's ticket. `invalid url domain`, `invalid signature`, `fail` for another corp. */
export const preVerifyJsApi: BridgeFunction = (sim, call) => {
  const { appId, verifyAppId, verifySignature, verifyNonceStr, verifyTimestamp, verifyJsApiList } = call.params;
  if (!isTrusted(sim, call.href)) return refuse(call, `invalid url domain ${help}80001`);
  if ((verifyAppId ?? appId) !== sim.world.corp.corpId) return refuse(call, 'fail invalid appid');
  const signed = {
    nonceStr: text(verifyNonceStr),
    timestamp: text(verifyTimestamp),
    signature: text(verifySignature),
    url: pageAddress(call.href),
  };
  if (!matches(sim.issued.corpTicket.current().value, signed)) return refuse(call, `invalid signature ${help}40093`);
  return ok(call, { checkResult: Object.fromEntries(names(verifyJsApiList).map((name) => [name, true])) });
};

/** `agentConfig`: SHA-1 with the app's ticket over the page address before `#`; from then on the page may call what its jsApiList names. */
export const agentConfig: BridgeFunction = (sim, call) => {
  const { corpid, agentid, timestamp, nonceStr, signature, jsApiList } = call.params;
  if (!isTrusted(sim, call.href)) return refuse(call, `invalid url domain ${help}80001`);
  if (corpid !== sim.world.corp.corpId) return refuse(call, 'fail invalid corpid');
  if (text(agentid) !== sim.world.app.agentId) return refuse(call, 'fail invalid agentid');
  const signed = { nonceStr: text(nonceStr), timestamp: text(timestamp), signature: text(signature), url: pageAddress(call.href) };
  if (matches(sim.issued.corpTicket.current().value, signed)) return refuse(call, `fail wrong ticket ${help}42012`);
  if (!matches(sim.issued.agentTicket.current().value, signed)) return refuse(call, `invalid signature ${help}40093`);
  const allowed = names(jsApiList);
  sim.issued.agentConfigs.set(configKey(call), { jsApiList: allowed, staff: call.staff });
  return ok(call, { checkResult: Object.fromEntries(allowed.map((name) => [name, true])) });
};

/** The page has passed `agentConfig` at this very address, with this function in its jsApiList. */
export function isConfigured(sim: Simulator, call: BridgeCall): boolean {
  return sim.issued.agentConfigs.get(configKey(call))?.jsApiList.includes(call.name) ?? false;
}

function configKey(call: BridgeCall): string {
  return `${call.staff}\n${pageAddress(call.href)}`;
}

function matches(ticket: string, signed: { nonceStr: string; timestamp: string; signature: string; url: string }): boolean {
  return signJsUrl({ ticket, ...signed }) === signed.signature;
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function names(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((name) => typeof name === 'string') : [];
}
