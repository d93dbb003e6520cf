import { createCipheriv, createDecipheriv, createSecretKey, hash, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import { CallbackRefused } from './callback-refused.ts';
import { writeXml } from './callback-xml.ts';

export type CallbackCrypto = {
  /** SHA-1 hex over the sorted parts, as WeCom puts it into `msg_signature`. */
  sign(parts: { timestamp: string; nonce: string; encrypted: string }): string;
  /** Compares in constant time. Check this before `decrypt`: the cipher alone does not notice tampering. */
  verifySignature(parts: { signature: string; timestamp: string; nonce: string; encrypted: string }): boolean;
  /** The message inside. Throws CallbackRefused: length, padding, utf8, receive_id. */
  decrypt(encrypted: string): string;
  /** `random` are the 16 bytes in front of the message; only tests pass them. */
  encrypt(message: string, options?: { random?: Uint8Array }): string;
  /** The envelope of a passive reply to a callback. */
  seal(message: string, stamp: { timestamp: string; nonce: string }): string;
  /** What WeCom posts to a callback URL: the body, and the signature for the query (`msg_signature`). */
  sealPost(message: string, stamp: { timestamp: string; nonce: string; agentId?: string }): { body: string; signature: string };
};

const blockSize = 32;
const randomSize = 16;
const lengthSize = 4;

/**
 * Encryption of callbacks, both ways. `encodingAesKey` is the 43 characters from the console; `receiveId` is the corp id for an app
 * of the corp's own. Throws a TypeError when the key is not 43 letters and digits.
 */
export function createCallbackCrypto(settings: { token: string; encodingAesKey: string; receiveId: string }): CallbackCrypto {
  if (!/^[A-Za-z0-9]{43}$/.test(settings.encodingAesKey)) throw new TypeError('the callback AES key must be 43 letters and digits');
  const bytes = Buffer.from(`${settings.encodingAesKey}=`, 'base64');
  const iv = bytes.subarray(0, 16);
  const key = createSecretKey(bytes);
  const decrypt = createDecrypt(key, iv);

  const sign: CallbackCrypto['sign'] = ({ timestamp, nonce, encrypted }) =>
    hash('sha1', [settings.token, timestamp, nonce, encrypted].toSorted().join(''));

  const encrypt: CallbackCrypto['encrypt'] = (message, options = {}) => {
    const text = Buffer.from(message, 'utf8');
    const length = Buffer.alloc(lengthSize);
    length.writeUInt32BE(text.length);
    const plain = Buffer.concat([options.random ?? randomBytes(randomSize), length, text, Buffer.from(settings.receiveId, 'utf8')]);
    const padding = blockSize - (plain.length % blockSize);
    const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
    return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(padding, padding)])), cipher.final()]).toString('base64');
  };

  return {
    sign,
    encrypt,

    verifySignature({ signature, ...parts }) {
      const expected = Buffer.from(sign(parts));
      const given = Buffer.from(signature);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },

    decrypt(encrypted) {
      const plain = withoutPadding(decrypt(encrypted));
      const from = randomSize + lengthSize;
      const length = plain.readUInt32BE(randomSize);
      if (from + length > plain.length) throw new CallbackRefused('length');
      if (!plain.subarray(from + length).equals(Buffer.from(settings.receiveId, 'utf8'))) throw new CallbackRefused('receive_id');
      return decodeUtf8(plain.subarray(from, from + length));
    },

    seal(message, { timestamp, nonce }) {
      const encrypted = encrypt(message);
      const signature = sign({ timestamp, nonce, encrypted });
      return writeXml({ Encrypt: encrypted, MsgSignature: signature, TimeStamp: Number(timestamp), Nonce: nonce });
    },

    sealPost(message, { timestamp, nonce, agentId }) {
      const encrypted = encrypt(message);
      const addressee = { ToUserName: settings.receiveId, ...(agentId === undefined ? {} : { AgentID: agentId }) };
      return { body: writeXml({ ...addressee, Encrypt: encrypted }), signature: sign({ timestamp, nonce, encrypted }) };
    },
  };
}

/**
 * One cipher for all messages: to set one up is nearly half of decrypting an event. In CBC a block's plain text depends on the encrypted block before
 * it, so only the first block of a message differs from what a new cipher would say: sixteen random bytes that nobody reads.
 */
function createDecrypt(key: KeyObject, iv: Buffer): (encrypted: string) => Buffer {
  const cipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  return (encrypted) => {
    const bytes = Buffer.from(encrypted, 'base64');
    // Node skips what is not base64; only the one spelling that the sender signed may pass.
    if (bytes.length === 0 || bytes.length % blockSize !== 0 || bytes.toString('base64') !== encrypted) throw new CallbackRefused('length');
    return cipher.update(bytes);
  };
}

function withoutPadding(padded: Buffer): Buffer {
  const size = padded.at(-1) ?? 0;
  if (size < 1 || size > blockSize) throw new CallbackRefused('padding');
  // The first sixteen bytes are whatever the cipher makes of them: not to be taken for padding either.
  if (padded.length - size < randomSize + lengthSize) throw new CallbackRefused('length');
  if (padded.subarray(-size).some((byte) => byte !== size)) throw new CallbackRefused('padding');
  return padded.subarray(0, -size);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeUtf8(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new CallbackRefused('utf8');
  }
}
