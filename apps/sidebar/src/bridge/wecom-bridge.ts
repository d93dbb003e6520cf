import type { ChatMessage, JsSignature, SidebarBoot } from '@nextline/contract';
import * as ww from '@wecom/jssdk';
import { api, ApiFailure } from '../api.ts';
import { BridgeFailure, bridgeFailure, isBridgeResult, type BridgeReason } from './bridge-failure.ts';
import { signatureSource } from './js-signature.ts';

/** In which chat the page was opened. `elsewhere`: in WeCom, but not beside a chat with a customer. */
export type Chat = { kind: 'customer'; externalUserId: string } | { kind: 'group' } | { kind: 'elsewhere' };

export type WecomBridge = {
  /** Who the open chat is with. Rejects with BridgeFailure, `silent` after 5 s without an answer. */
  whoIsHere: () => Promise<Chat>;
  /** Puts one message into the open chat. Resolves when the client says it is there; rejects with BridgeFailure, `silent` after 15 s. */
  sendMessage: (message: ChatMessage) => Promise<void>;
  /** Opens the chat with another customer. */
  openChat: (externalUserId: string) => Promise<void>;
  /** The next question starts with a new signature. */
  startOver: () => void;
};

const answerWithinMs = 5000;
// The client uploads nothing here and asks nobody; a send that takes longer has lost its answer.
const sendWithinMs = 15_000;

/** False in a plain browser, where the SDK would wait for ever. */
export function insideWecom(userAgent: string): boolean {
  return /wxwork\//i.test(userAgent);
}

/** Registers the page with WeCom's client. Call it once. */
export function connectBridge(boot: SidebarBoot): WecomBridge {
  const signatures = signatureSource({ first: boot.signature, nowMs: Date.now, fetchSignature });
  const sign = async (url: string) => {
    const { timestamp, nonceStr, signature } = await signatures.sign(url);
    return { timestamp, nonceStr, signature };
  };
  // The SDK starts configuring by itself and lets that promise go: a refusal would surface as an unhandled rejection.
  addEventListener('unhandledrejection', (event) => {
    if (isBridgeResult(event.reason) || event.reason instanceof BridgeFailure) event.preventDefault();
  });
  ww.register({
    corpId: boot.corpId,
    agentId: boot.agentId,
    jsApiList: ['getContext', 'getCurExternalContact', 'sendChatMessage', 'openEnterpriseChat'],
    getConfigSignature: sign,
    getAgentConfigSignature: sign,
    onAgentConfigSuccess: () => signatures.accepted(),
    onAgentConfigFail: () => signatures.refused(),
  });

  return {
    whoIsHere: () => withinTime(askTwice(whoIsHere, signatures.hasAnother)),
    async sendMessage(message) {
      await withinTime(
        askTwice(() => ww.sendChatMessage(message)),
        sendWithinMs,
      );
    },
    async openChat(externalUserId) {
      await withinTime(askTwice(() => ww.openEnterpriseChat({ externalUserIds: [externalUserId], groupName: '' })));
    },
    startOver: signatures.startOver,
  };
}

/** A chat that names a customer needs no second question; only without one does the entry tell a group from no chat at all. */
async function whoIsHere(): Promise<Chat> {
  try {
    const { userId } = await ww.getCurExternalContact();
    return { kind: 'customer', externalUserId: userId };
  } catch (error) {
    const failure = bridgeFailure(error);
    if (!maybeGroup.has(failure.reason)) throw failure;
    if (isGroup(await entry())) return { kind: 'group' };
    if (failure.reason === 'no_context') return { kind: 'elsewhere' };
    throw failure;
  }
}

const maybeGroup: ReadonlySet<BridgeReason> = new Set(['no_context', 'permission', 'unknown']);
const isGroup = (name: string) => name === 'group_chat_tools' || name === 'chain_group_chat_tools';

/** Clients before 3.0.24 do not know getContext: then nobody can tell. */
async function entry(): Promise<string> {
  try {
    return (await ww.getContext()).entry;
  } catch {
    return 'unknown';
  }
}

/**
 * The SDK gives up with `Aborted` when the URL changed while it was signing, and works the next time. So it does after a refused signature, when
 * there is another.
 */
async function askTwice<T>(ask: () => Promise<T>, anotherSignature = () => false): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const failure = bridgeFailure(error);
    if (failure.reason !== 'aborted' && !(failure.reason === 'signature' && anotherSignature())) throw failure;
  }
  try {
    return await ask();
  } catch (error) {
    throw bridgeFailure(error);
  }
}

function withinTime<T>(answer: Promise<T>, ms = answerWithinMs): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new BridgeFailure('silent', `no answer within ${ms / 1000} s`)), ms);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

async function fetchSignature(url: string, refused: boolean): Promise<JsSignature> {
  try {
    return await api('GET /api/sidebar/js-signature', { query: refused ? { url, refused: 'true' } : { url } });
  } catch (error) {
    throw new BridgeFailure('no_signature', error instanceof ApiFailure ? error.message : String(error));
  }
}
