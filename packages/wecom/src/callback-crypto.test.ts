import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCallbackCrypto } from './callback-crypto.ts';
import { readEnvelope } from './callback-envelope.ts';
import { parseCallback } from './callback-events.ts';
import { CallbackRefused, type RefusalReason } from './callback-refused.ts';

// The sample that the official libraries are published with.
const encodingAesKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const official = createCallbackCrypto({ token: 'QDG6eK', encodingAesKey, receiveId: 'wx5823bf96d3bd56c7' });

const refusal = (reason: RefusalReason) => expect.objectContaining({ name: 'CallbackRefused', reason });

describe('the published vectors', () => {
  test('verifying a callback URL', () => {
    const encrypted = 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==';
    const parts = { timestamp: '1409659589', nonce: '263014780', encrypted };
    expect(official.sign(parts)).toBe('5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3');
    expect(official.verifySignature({ ...parts, signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3' })).toBe(true);
    expect(official.decrypt(encrypted)).toBe('1616140317555161061');
  });

  test('a posted message', () => {
    const encrypted =
      'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==';
    const signature = '477715d11cdb4164915debcba66cb864d751f3e6';
    expect(official.verifySignature({ signature, timestamp: '1409659813', nonce: '1372623149', encrypted })).toBe(true);
    expect(parseCallback(official.decrypt(encrypted))).toMatchObject({
      kind: 'message.text',
      corpId: 'wx5823bf96d3bd56c7',
      text: 'hello',
      messageId: '4561255354251345929',
      agentId: '218',
    });
  });
});

// Any text that UTF-8 can carry: all planes, so emoji and rare characters too.
const anyText = fc.string({ unit: 'binary', maxLength: 400 });
const smile = '😀𠮷👨‍👩‍👧';

test('what is encrypted comes back, whatever the text', () => {
  fc.assert(
    fc.property(anyText, (message) => {
      expect(official.decrypt(official.encrypt(message))).toBe(message);
    }),
  );
  expect(official.decrypt(official.encrypt(smile))).toBe(smile);
  expect(official.decrypt(official.encrypt(''))).toBe('');
});

test('the same random bytes give the same cipher text; without them it differs each time', () => {
  const random = Buffer.from('aaaabbbbccccdddd');
  expect(official.encrypt('x', { random })).toBe(official.encrypt('x', { random }));
  expect(official.encrypt('x')).not.toBe(official.encrypt('x'));
});

test('a change of any byte of the cipher text, of the signature or of the stamp is refused', () => {
  fc.assert(
    fc.property(anyText, fc.nat(), fc.integer({ min: 1, max: 255 }), (message, at, flip) => {
      const stamp = { timestamp: '1409659813', nonce: '1372623149' };
      const encrypted = official.encrypt(message);
      const signature = official.sign({ ...stamp, encrypted });
      const bytes = Buffer.from(encrypted, 'base64');
      bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ flip;
      expect(official.verifySignature({ ...stamp, signature, encrypted: bytes.toString('base64') })).toBe(false);
      const wrong = Buffer.from(signature);
      wrong[at % 40] = (wrong[at % 40] ?? 0) ^ flip;
      expect(official.verifySignature({ ...stamp, signature: wrong.toString('latin1'), encrypted })).toBe(false);
      expect(official.verifySignature({ ...stamp, timestamp: '1409659814', signature, encrypted })).toBe(false);
    }),
  );
});

test('a signature that is empty, shorter, longer or not hex is false and not an exception', () => {
  const parts = { timestamp: '1', nonce: '2', encrypted: 'x' };
  const right = official.sign(parts);
  expect(official.verifySignature({ ...parts, signature: right })).toBe(true);
  for (const signature of ['', right.slice(1), `${right}0`, '签'.repeat(40), right.toUpperCase()]) {
    expect(official.verifySignature({ ...parts, signature })).toBe(false);
  }
});

test('a message for another corp is refused', () => {
  for (const receiveId of ['', 'wx5823bf96d3bd56c', 'wx5823bf96d3bd56c77', 'ww0000000000000000']) {
    const foreign = createCallbackCrypto({ token: 'QDG6eK', encodingAesKey, receiveId });
    expect(() => official.decrypt(foreign.encrypt('hello'))).toThrow(refusal('receive_id'));
  }
});

test('cipher text that is not whole blocks in canonical base64 is refused', () => {
  const whole = official.encrypt('hello');
  for (const bad of ['', 'AAAA', whole.slice(0, -4), ` ${whole}`, `${whole}\n`, whole.replace(/=*$/, ''), '签名', '='.repeat(64)]) {
    expect(() => official.decrypt(bad)).toThrow(refusal('length'));
  }
});

const encryptRaw = (plain: Buffer) => {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
};

const head = (length: number) => Buffer.from([...Buffer.alloc(16, 1), 0, 0, 0, length]);

test('wrong padding, a lying length and text that is not UTF-8 are each refused by name', () => {
  expect(() => official.decrypt(encryptRaw(Buffer.alloc(64, 0)))).toThrow(refusal('padding'));
  expect(() => official.decrypt(encryptRaw(Buffer.alloc(64, 33)))).toThrow(refusal('padding'));
  expect(() => official.decrypt(encryptRaw(Buffer.concat([Buffer.alloc(62, 7), Buffer.from([3, 2])])))).toThrow(refusal('padding'));
  expect(() => official.decrypt(encryptRaw(Buffer.alloc(32, 32)))).toThrow(refusal('length'));
  const tooLong = Buffer.concat([head(200), Buffer.from('hello'), Buffer.alloc(7, 7)]);
  expect(() => official.decrypt(encryptRaw(tooLong))).toThrow(refusal('length'));
  const notText = Buffer.concat([head(2), Buffer.from([0xc3, 0x28]), Buffer.from('wx5823bf96d3bd56c7'), Buffer.alloc(24, 24)]);
  expect(() => official.decrypt(encryptRaw(notText))).toThrow(refusal('utf8'));
});

test('noise is refused and never crashes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 0, maxLength: 200 }), (bytes) => {
      expect(() => official.decrypt(Buffer.from(bytes).toString('base64'))).toThrow(CallbackRefused);
    }),
  );
});

test('a key that is not 43 letters and digits is refused at once', () => {
  for (const bad of ['', 'short', `${encodingAesKey}=`, encodingAesKey.replace('j', '+')]) {
    expect(() => createCallbackCrypto({ token: 't', encodingAesKey: bad, receiveId: 'ww' })).toThrow(TypeError);
  }
});

test('what the simulator posts is what the server reads', () => {
  const stamp = { timestamp: '1409659813', nonce: '1372623149' };
  const { body, signature } = official.sealPost(`<xml>${smile}</xml>`, { ...stamp, agentId: '1000002' });
  const { toUserName, agentId, encrypt } = readEnvelope(body);
  expect({ toUserName, agentId }).toEqual({ toUserName: 'wx5823bf96d3bd56c7', agentId: '1000002' });
  expect(official.verifySignature({ ...stamp, signature, encrypted: encrypt })).toBe(true);
  expect(official.decrypt(encrypt)).toBe(`<xml>${smile}</xml>`);
});

test('a passive reply has the four elements that WeCom expects', () => {
  const xml = official.seal('<xml/>', { timestamp: '1409659813', nonce: 'n1' });
  const [, encrypted = '', signature = ''] =
    /^<xml><Encrypt><!\[CDATA\[(.+?)\]\]><\/Encrypt><MsgSignature><!\[CDATA\[(.+?)\]\]><\/MsgSignature><TimeStamp>1409659813<\/TimeStamp><Nonce><!\[CDATA\[n1\]\]><\/Nonce><\/xml>$/.exec(
      xml,
    ) ?? [];
  expect(official.verifySignature({ signature, timestamp: '1409659813', nonce: 'n1', encrypted })).toBe(true);
  expect(official.decrypt(encrypted)).toBe('<xml/>');
});
