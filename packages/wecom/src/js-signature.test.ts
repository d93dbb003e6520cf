import { expect, test } from 'vitest';
import { makeNonce, signJsUrl } from './js-signature.ts';

// The example of the official page on JS-SDK signatures (appendix).
const official = {
  ticket: 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg',
  nonceStr: 'Wm3WZYTPz0wzccnW',
  timestamp: 1414587457,
  url: 'http://mp.weixin.qq.com?params=value',
};
const officialSignature = '0f9de62fce790f9a083d5c99e95740ceb90c27ed';

test('the published vector is met', () => {
  expect(signJsUrl(official)).toBe(officialSignature);
  expect(signJsUrl({ ...official, timestamp: '1414587457' })).toBe(officialSignature);
});

test('what follows the hash does not count, what stands in the query does', () => {
  expect(signJsUrl({ ...official, url: `${official.url}#/customers#wechat_redirect` })).toBe(officialSignature);
  expect(signJsUrl({ ...official, url: `${official.url}&x=1` })).not.toBe(officialSignature);
});

test('a nonce is letters and digits, and never the same twice', () => {
  const nonces = Array.from({ length: 200 }, makeNonce);
  for (const nonce of nonces) expect(nonce).toMatch(/^[0-9a-z]{16}$/);
  expect(new Set(nonces).size).toBe(nonces.length);
});
