import { hash } from 'node:crypto';
import { type CallbackCrypto, type CallbackEvent, CallbackRefused, parseCallback, readEnvelope } from '@nextline/wecom';
import { AppError, requestTooLarge } from '../errors.ts';
import { asItIs } from '../sentence.ts';

export type Stamp = { msg_signature: string; timestamp: string; nonce: string };
export type OpenedCallback = { event: CallbackEvent; xml: string; payloadHash: string };

/** WeCom tries three times within seconds. What is older was recorded by somebody. */
const freshForMs = 10 * 60_000;

const refused = (reason: string, status: 400 | 401) =>
  new AppError({ code: 'callback.refused', status, sentence: asItIs(`callback refused: ${reason}`) });

/**
 * Only the past is refused: a clock that runs behind would otherwise turn every event away, and a recorded event that is told again finds its hash
 * in the inbox. `now` is the earlier of our time and WeCom's, so that a clock that runs ahead turns none away either.
 */
function checkFreshness(timestamp: string, now: Date): void {
  if (!/^\d{1,12}$/.test(timestamp) || now.getTime() - Number(timestamp) * 1000 > freshForMs) throw refused('timestamp', 401);
}

function open<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CallbackRefused)) throw error;
    throw error.reason === 'too_large' ? requestTooLarge() : refused(error.reason, error.reason === 'receive_id' ? 401 : 400);
  }
}

function decryptSigned(crypto: CallbackCrypto, stamp: Stamp, encrypted: string, now: Date): string {
  const { msg_signature: signature, timestamp, nonce } = stamp;
  if (!crypto.verifySignature({ signature, timestamp, nonce, encrypted })) throw refused('signature', 401);
  checkFreshness(timestamp, now);
  return crypto.decrypt(encrypted);
}

/** The text that WeCom wants to see decrypted when the callback address is entered in the console. */
export function openEcho(crypto: CallbackCrypto, stamp: Stamp, echo: string, now: Date): string {
  // A `+` that was not encoded arrives as a space, and base64 has no spaces.
  return open(() => decryptSigned(crypto, stamp, echo.replaceAll(' ', '+'), now));
}

/** Signature, age, encryption, addressee, XML: in this order, cheapest first. Throws a 4xx for everything that is not WeCom's. */
export function openCallback(crypto: CallbackCrypto, stamp: Stamp, body: string, now: Date): OpenedCallback {
  return open(() => {
    const xml = decryptSigned(crypto, stamp, readEnvelope(body).encrypt, now);
    return { event: parseCallback(xml), xml, payloadHash: hash('sha256', xml) };
  });
}
