import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestBench, until, type TestBench } from '../test-bench.ts';

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.control('POST', 'reset', {});
  bench.product.received.length = 0;
});

/** What was told so far: the change, and the code that came with it. */
const events = () =>
  bench.product.received.map((xml) => ({
    change: /<ChangeType><!\[CDATA\[(.*?)\]\]>/.exec(xml)?.[1],
    code: /<WelcomeCode><!\[CDATA\[(.*?)\]\]>/.exec(xml)?.[1],
  }));

/** Somebody scans, is welcomed or not, and is confirmed by the guide. */
async function scan(welcomed: boolean) {
  bench.product.received.length = 0;
  const { body } = await bench.control('POST', 'customers', { name: '丙', staff: 'zhouyining', half: true });
  await until(() => events().length === 1);
  const welcome_code = events()[0]?.code ?? '';
  if (welcomed) await bench.api('externalcontact/send_welcome_msg', { body: { welcome_code, text: { content: '欢迎' } } });
  const confirm = await bench.control('POST', 'customers', { external_userid: body['external_userid'], staff: 'zhouyining' });
  expect(confirm.status).toBe(200);
  await until(() => events().length === 2);
  return events();
}

test('who scanned a skip-verify code is announced twice, and welcomed once', async () => {
  expect(await scan(true)).toEqual([
    { change: 'add_half_external_contact', code: expect.any(String) },
    { change: 'add_external_contact', code: undefined },
  ]);
  expect(await scan(false)).toMatchObject([{}, { change: 'add_external_contact', code: expect.any(String) }]);
});

test('no code is given out when the console welcomes by itself', async () => {
  await bench.control('POST', 'corp', { welcomes_by_itself: true });
  bench.product.received.length = 0;
  await bench.control('POST', 'customers', { name: '丁', staff: 'zhouyining' });
  await until(() => bench.product.received.length === 1);
  expect(bench.product.received[0]).not.toContain('WelcomeCode');
});

test('a fault can say that another app is welcoming at this moment', async () => {
  const welcome = () => bench.api('externalcontact/send_welcome_msg', { body: { welcome_code: 'any', text: { content: '欢迎' } } });
  await bench.control('POST', 'faults', { path: 'externalcontact/send_welcome_msg', errcode: 41096, times: 1 });
  expect(await welcome()).toMatchObject({ errcode: 41096, errmsg: expect.stringMatching(/^welcome msg is being distributed, hint/) });
});
