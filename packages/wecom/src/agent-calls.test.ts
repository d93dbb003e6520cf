import { expect, test } from 'vitest';
import { connect, documented, ok } from './loopback-wecom.ts';
import { wecomPaths } from './wire-shapes.ts';

test('the app says its name, whether it is switched off, and where its sign-in may lead', async () => {
  await using loopback = await documented({
    [wecomPaths.agent]: [
      {
        ...ok,
        agentid: 1000005,
        name: 'HR助手',
        close: 0,
        redirect_domain: 'open.work.weixin.qq.com',
        home_url: 'https://open.work.weixin.qq.com',
      },
      { ...ok, agentid: 1000005, name: 'HR助手', close: 1 },
      { errcode: 301002, errmsg: 'not allow operate another agent with this accesstoken' },
    ],
  });
  const { wecom } = connect(loopback);
  expect(await wecom.agent()).toEqual({ agentId: '1000005', name: 'HR助手', closed: false, signInDomain: 'open.work.weixin.qq.com' });
  expect(await wecom.agent()).toEqual({ agentId: '1000005', name: 'HR助手', closed: true, signInDomain: '' });
  await expect(wecom.agent()).rejects.toMatchObject({ kind: 'config', errcode: 301002 });
});
