import type { Simulator } from '../simulator.ts';
import { knownFollow } from '../world/relations.ts';
import { groupEntries, ok, refuse, sendingEntries, singleEntries, type BridgeCall, type BridgeFunction } from './bridge-call.ts';
import { sendChatMessage } from './send-chat-message.ts';
import { agentConfig, isConfigured, preVerifyJsApi } from './signatures.ts';

/** Needs `agentConfig` first, with its name in jsApiList. */
const guarded: Record<string, BridgeFunction> = {
  /** → `entry`: where the page was opened. */
  getContext: (_sim, call) => ok(call, { entry: call.entry }),
  /** → `userId`, the external_userid of the customer in the open chat, or of the person whose card is open (entry `contact_profile`). */
  getCurExternalContact: (sim, call) => {
    const shown = customerOf(sim, call) ?? cardOf(sim, call);
    return shown === null ? withoutContact(call) : ok(call, { userId: shown });
  },
  /** → `chatId` of the open group. */
  getCurExternalChat: (sim, call) =>
    isOpenGroup(sim, call) ? ok(call, { chatId: call.chat }) : refuse(call, 'fail without context of external chat'),
  sendChatMessage: (sim, call) => {
    if (!sendingEntries.includes(call.entry)) return refuse(call, 'fail no permission');
    return customerOf(sim, call) === null && !isOpenGroup(sim, call) ? withoutContact(call) : sendChatMessage(sim, call);
  },
  /** `{externalUserIds: "w1;w2", userIds: "a;b", groupName}`: opens the chat with one person, or a group with several. → `chatId`, empty for one person. */
  openEnterpriseChat: (sim, call) => {
    const customers = listOf(call.params['externalUserIds']);
    const colleagues = listOf(call.params['userIds']);
    if (customers.length + colleagues.length === 0) return refuse(call, 'fail invalid userIds');
    const reachable = customers.every((id) => knownFollow(sim, call.staff, id)) && colleagues.every((id) => sim.world.staff.has(id));
    return reachable ? ok(call, { chatId: '' }) : refuse(call, 'fail no permission');
  },
  /** `{type 1 staff | 2 customer, userid}`. */
  openUserProfile: (sim, call) => {
    const { type, userid } = call.params;
    if (typeof userid !== 'string') return refuse(call, 'fail invalid userid');
    const known = String(type) === '1' ? sim.world.staff.has(userid) : sim.world.people.has(userid);
    return known ? ok(call) : refuse(call, 'fail invalid userid');
  },
};

/** Anybody may call these; the client page does what there is to see. */
const harmless = [
  'closeWindow',
  'setClipboardData',
  'previewFile',
  'imagePreview',
  'openLocation',
  'hideOptionMenu',
  'showOptionMenu',
  'openDefaultBrowser',
  'launchMiniprogram',
];

const free: Record<string, BridgeFunction> = {
  preVerifyJSAPI: preVerifyJsApi,
  agentConfig,
  /** `{jsApiList}` → `checkResult{name: boolean}`: what this client knows. */
  checkJsApi: (_sim, call) => {
    const asked = Array.isArray(call.params['jsApiList']) ? call.params['jsApiList'].map(String) : [];
    return ok(call, { checkResult: Object.fromEntries(asked.map((name) => [name, isKnown(name)])) });
  },
  getNetworkType: (_sim, call) => ok(call, { networkType: 'wifi' }),
  ...Object.fromEntries(harmless.map((name): [string, BridgeFunction] => [name, (_sim, call) => ok(call)])),
};

/** Answers one call of the page. Unknown names get `fail function not exist`, guarded ones without `agentConfig` `fail no permission`. */
export function answerBridge(sim: Simulator, call: BridgeCall): BridgeResult {
  const open = Object.hasOwn(free, call.name) ? free[call.name] : undefined;
  if (open) return open(sim, call);
  const method = Object.hasOwn(guarded, call.name) ? guarded[call.name] : undefined;
  if (!method) return refuse(call, 'fail function not exist');
  return isConfigured(sim, call) ? method(sim, call) : refuse(call, 'fail no permission');
}

type BridgeResult = ReturnType<BridgeFunction>;

function isKnown(name: string): boolean {
  return Object.hasOwn(free, name) || Object.hasOwn(guarded, name);
}

/** `a;b` → a, b. */
function listOf(value: unknown): string[] {
  return typeof value === 'string' ? value.split(';').filter((id) => id !== '') : [];
}

function withoutContact(call: BridgeCall): BridgeResult {
  return refuse(call, 'fail without context of external contact');
}

/** The customer of the open chat, when the page stands beside one and they are this member's contact. */
function customerOf(sim: Simulator, call: BridgeCall): string | null {
  if (call.chat === null || !singleEntries.includes(call.entry)) return null;
  return knownFollow(sim, call.staff, call.chat) ? call.chat : null;
}

/** The person whose card is open: a colleague's customer has one too, without being this member's contact. */
function cardOf(sim: Simulator, call: BridgeCall): string | null {
  return call.entry === 'contact_profile' && call.chat !== null && sim.world.people.has(call.chat) ? call.chat : null;
}

function isOpenGroup(sim: Simulator, call: BridgeCall): boolean {
  if (call.chat === null || !groupEntries.includes(call.entry)) return false;
  const group = sim.world.groupChats.get(call.chat);
  return group !== undefined && !group.internal && group.staff.includes(call.staff);
}
