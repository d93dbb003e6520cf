/** Why WeCom's client did not do what was asked. The words for each stand in states/. */
export type BridgeReason =
  | 'domain'
  | 'signature'
  | 'permission'
  | 'old_client'
  | 'no_context'
  | 'cancelled'
  | 'silent'
  | 'no_signature'
  | 'aborted'
  | 'unknown';

/** One refusal: our reading of it, and WeCom's own words for the admin who has to look it up. */
export class BridgeFailure extends Error {
  declare readonly reason: BridgeReason;
  declare readonly errMsg: string;

  constructor(reason: BridgeReason, errMsg: string) {
    super(errMsg);
    this.name = 'BridgeFailure';
    this.reason = reason;
    this.errMsg = errMsg;
  }
}

// First match wins. Sources: error table of the JS-SDK, and forms seen in the field (`e=40093`, `nopermission`).
const readings: readonly (readonly [RegExp, BridgeReason])[] = [
  [/url domain|80001|50001/, 'domain'],
  [/signature|40093|42012|config:fail|agentconfig:fail/, 'signature'],
  [/without context/, 'no_context'],
  [/not exist|not support/, 'old_client'],
  [/permission|access denied|offline verifying/, 'permission'],
  [/:cancel/, 'cancelled'],
  [/aborted/, 'aborted'],
];

/** Reads WeCom's errMsg, e.g. `agentConfig:invalid signature more info at …`. */
export function reasonOf(errMsg: string): BridgeReason {
  const words = errMsg.toLowerCase();
  return readings.find(([pattern]) => pattern.test(words))?.[1] ?? 'unknown';
}

/** Turns whatever the SDK rejected with (a result object, an Error, anything) into a BridgeFailure. */
export function bridgeFailure(error: unknown): BridgeFailure {
  if (error instanceof BridgeFailure) return error;
  const errMsg = errMsgOf(error);
  return new BridgeFailure(reasonOf(errMsg), errMsg);
}

/** True for what the SDK rejects with: an object that carries errMsg, which no Error of ours does. */
export function isBridgeResult(error: unknown): error is { errMsg: string } {
  return typeof error === 'object' && error !== null && 'errMsg' in error && typeof error.errMsg === 'string';
}

function errMsgOf(error: unknown): string {
  if (isBridgeResult(error)) return error.errMsg;
  if (error instanceof Error) return error.message;
  return String(error);
}
