import { expect, test } from 'vitest';
import { desktopSignInUrl, webviewSignInUrl } from './oauth-urls.ts';

const app = { corpId: 'wwCORP', agentId: 1000002, redirectUri: 'https://n.example/auth/callback?to=/a&b=1', state: 'abc123' };
const encoded = 'https%3A%2F%2Fn.example%2Fauth%2Fcallback%3Fto%3D%2Fa%26b%3D1';

test('the address for the webview ends in the mark that makes the client attach the identity', () => {
  expect(webviewSignInUrl({ ...app, oauthUrl: 'https://open.weixin.qq.com' })).toBe(
    `https://open.weixin.qq.com/connect/oauth2/authorize?appid=wwCORP&redirect_uri=${encoded}&response_type=code&scope=snsapi_base&state=abc123&agentid=1000002#wechat_redirect`,
  );
});

test('the address for a desktop browser', () => {
  expect(desktopSignInUrl({ ...app, loginUrl: 'https://login.work.weixin.qq.com' })).toBe(
    `https://login.work.weixin.qq.com/wwlogin/sso/login?login_type=CorpApp&appid=wwCORP&agentid=1000002&redirect_uri=${encoded}&state=abc123`,
  );
});
