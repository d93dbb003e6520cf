import type { JsSignature } from '@nextline/contract';
import { expect, test } from 'vitest';
import { signatureSource } from './js-signature.ts';

const page = 'https://crm.example.com/sidebar/';
const made = (nonceStr: string, url = page): JsSignature => ({ url, timestamp: 1_780_000_000, nonceStr, signature: 'f'.repeat(40) });

function source(first: JsSignature | null) {
  const world = { nowMs: 0, fetched: 0, saidRefused: false };
  const signatures = signatureSource({
    first,
    nowMs: () => world.nowMs,
    fetchSignature: (url, refused) => {
      world.saidRefused = refused;
      return Promise.resolve(made(`fetched-${(world.fetched += 1)}`, url));
    },
  });
  return { world, signatures };
}

test('the signature in the page is used when it is for this URL, and costs no call', async () => {
  const { world, signatures } = source(made('from-html'));
  expect((await signatures.sign(page)).nonceStr).toBe('from-html');
  expect(world.fetched).toBe(0);
});

test('another URL gets its own', async () => {
  const { signatures } = source(made('from-html'));
  expect(await signatures.sign(`${page}?chat=1`)).toMatchObject({ nonceStr: 'fetched-1', url: `${page}?chat=1` });
});

test('after a refusal a new one is fetched at once, but not with every call that the SDK makes', async () => {
  const { world, signatures } = source(made('from-html'));
  await signatures.sign(page);
  signatures.refused();
  expect(signatures.hasAnother()).toBe(true);
  expect((await signatures.sign(page)).nonceStr).toBe('fetched-1');
  signatures.refused();
  expect(signatures.hasAnother()).toBe(false);
  world.nowMs = 2999;
  expect((await signatures.sign(page)).nonceStr).toBe('fetched-1');
  world.nowMs = 3000;
  expect((await signatures.sign(page)).nonceStr).toBe('fetched-2');
  signatures.refused();
  world.nowMs = 8999;
  expect((await signatures.sign(page)).nonceStr).toBe('fetched-2');
  world.nowMs = 9000;
  expect((await signatures.sign(page)).nonceStr).toBe('fetched-3');
});

test('a person who retries does not wait', async () => {
  const { signatures } = source(made('from-html'));
  signatures.refused();
  signatures.startOver();
  expect((await signatures.sign(page)).nonceStr).toBe('fetched-1');
});

test('two asks at once share one fetch', async () => {
  const { world, signatures } = source(null);
  await Promise.all([signatures.sign(page), signatures.sign(page)]);
  expect(world.fetched).toBe(1);
});

test('the server is told that WeCom refused the last one, until one is accepted', async () => {
  const { world, signatures } = source(made('from-html'));
  signatures.refused();
  signatures.startOver();
  await signatures.sign(page);
  expect(world.saidRefused).toBe(true);
  signatures.accepted();
  await signatures.sign(`${page}?other=1`);
  expect(world.saidRefused).toBe(false);
});
