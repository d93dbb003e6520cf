import { expect, test } from 'vitest';
import { readEnvelope } from './callback-envelope.ts';
import { maxXmlLength } from './callback-xml.ts';
import type { RefusalReason } from './callback-refused.ts';

const refusal = (reason: RefusalReason) => expect.objectContaining({ name: 'CallbackRefused', reason });

test('ids in the envelope stay what they are, with or without CDATA, with or without line breaks', () => {
  expect(readEnvelope('<xml><ToUserName><![CDATA[0123e4]]></ToUserName><AgentID>000218</AgentID><Encrypt>1e5</Encrypt></xml>')).toEqual({
    toUserName: '0123e4',
    agentId: '000218',
    encrypt: '1e5',
  });
  const spread = '<xml>\n  <ToUserName>\n<![CDATA[ww1]]>\n</ToUserName>\r\n  <Encrypt><![CDATA[AB+/==]]></Encrypt>\n</xml>\n';
  expect(readEnvelope(spread)).toEqual({ toUserName: 'ww1', encrypt: 'AB+/==' });
});

test('a DOCTYPE and the bomb inside it are refused', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>`;
  expect(() => readEnvelope(bomb)).toThrow(refusal('doctype'));
  expect(() => readEnvelope('<!doctype x SYSTEM "file:///etc/passwd"><xml><Encrypt>x</Encrypt></xml>')).toThrow(refusal('doctype'));
});

test('entities are not resolved', () => {
  expect(readEnvelope('<xml><Encrypt>a&amp;b&#65;</Encrypt></xml>').encrypt).toBe('a&amp;b&#65;');
});

test('a body larger than any callback is refused before it is parsed', () => {
  expect(() => readEnvelope(`<xml><Encrypt>${'A'.repeat(maxXmlLength)}</Encrypt></xml>`)).toThrow(refusal('too_large'));
});

test('what is not the envelope is refused', () => {
  const deep = 50_000;
  for (const bad of [
    '',
    'hello',
    '{"encrypt":"x"}',
    '<html><body>502</body></html>',
    '<xml></xml>',
    '<xml/>',
    '<xml><Encrypt></Encrypt></xml>',
    '<xml><Encrypt><a>x</a></Encrypt></xml>',
    '<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>',
    '<xml><ToUserName>a</ToUserName><ToUserName>b</ToUserName><Encrypt>b</Encrypt></xml>',
    '<xml><Encrypt>a</Encrypt></xml><xml><Encrypt>b</Encrypt></xml>',
    '<xml><Encrypt><![CDATA[never closed</Encrypt></xml>',
    '<xml><Encrypt>x</xml>',
    '<xml><Encrypt>x\0</Encrypt></xml>',
    '<xml><__proto__><Encrypt>x</Encrypt></__proto__></xml>',
    `<xml>${'<a>'.repeat(deep)}${'</a>'.repeat(deep)}</xml>`,
  ]) {
    expect(() => readEnvelope(bad)).toThrow(refusal('xml'));
  }
});

test.each(['<![CDATA[', '<![CDATA[]]>', '<!--', '<', '<a>', 'a="b" ', '<!-- -->'])('a megabyte of %s takes linear time', (piece) => {
  const bomb = `<xml><Encrypt>${piece.repeat(Math.floor((maxXmlLength - 100) / piece.length))}`;
  const started = performance.now();
  expect(() => readEnvelope(bomb)).toThrow(refusal('xml'));
  // Seconds would mean quadratic work; the slowest of these takes a fifth of one.
  expect(performance.now() - started).toBeLessThan(3_000);
});
