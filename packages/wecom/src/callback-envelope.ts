import { CallbackRefused } from './callback-refused.ts';
import { readXml } from './callback-xml.ts';

/** What lies around the encrypted text. `agentId` is there for callbacks of an app only. */
export type CallbackEnvelope = { toUserName: string; agentId?: string; encrypt: string };

/** Reads the body of a callback POST. Throws CallbackRefused: too_large, doctype, xml (also when there is nothing encrypted in it). */
export function readEnvelope(xml: string): CallbackEnvelope {
  const { ToUserName: toUserName = '', AgentID: agentId, Encrypt: encrypt } = readXml(xml);
  if (typeof encrypt !== 'string' || encrypt === '' || typeof toUserName !== 'string') throw new CallbackRefused('xml');
  return { toUserName, encrypt, ...(typeof agentId === 'string' && agentId !== '' ? { agentId } : {}) };
}
