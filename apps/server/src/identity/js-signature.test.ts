import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../test-app.ts';
import { signPage } from './js-signature.ts';

const page = 'http://localhost:7320/sidebar/';
let world: TestApp;
beforeAll(async () => {
  world = await startTestApp({ wecom: 'simulator' });
});
afterAll(() => world.close());

/** What WeCom's client says to a signature of ours. */
async function clientSays(refused = false): Promise<string> {
  const { timestamp, nonceStr, signature } = await signPage(world.deps, page, 'agent', refused);
  const { corpId, agentId } = world.deps.config.wecom;
  const params = { corpid: corpId, agentid: agentId, timestamp: String(timestamp), nonceStr, signature, jsApiList: ['getContext'] };
  const answer = await control('bridge', { staff: 'zhouyining', entry: 'single_chat_tools', name: 'agentConfig', params, href: page });
  return ((await answer.json()) as { result: { err_msg: string } }).result.err_msg;
}

const control = (path: string, body: object): Promise<Response> =>
  fetch(`${world.simulator?.url}/_sim/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('a ticket that WeCom ended before its time is replaced once the page says that it was refused', async () => {
  await control('corp', { trusted_hosts: ['localhost:7320'] });
  expect(await clientSays()).toBe('agentConfig:ok');
  await control('corp', { revoke_tickets: true });
  expect(await clientSays()).toContain('invalid signature');
  world.clock.advance(61_000);
  expect(await clientSays(true)).toBe('agentConfig:ok');
  expect(await clientSays()).toBe('agentConfig:ok');
});
