/**
 * Where a page in WeCom's own browser goes to learn who is looking: comes back to `redirectUri?code&state`. `oauthUrl`:
 * `https://open.weixin.qq.com`. `state`: letters and digits, ≤ 128. Asks for nothing but the user id (snsapi_base), without a question.
 */
export function webviewSignInUrl(page: {
  oauthUrl: string;
  corpId: string;
  agentId: string | number;
  redirectUri: string;
  state: string;
}): string {
  const url = new URL('/connect/oauth2/authorize', page.oauthUrl);
  url.searchParams.set('appid', page.corpId);
  url.searchParams.set('redirect_uri', page.redirectUri);
  url.searchParams.set('response_type', 'code');
  url.searchParams.set('scope', 'snsapi_base');
  url.searchParams.set('state', page.state);
  url.searchParams.set('agentid', String(page.agentId));
  // Tells the client to attach the identity.
  url.hash = 'wechat_redirect';
  return url.href;
}

/** The same for a desktop browser, where the person scans a code. `loginUrl`: `https://login.work.weixin.qq.com`. */
export function desktopSignInUrl(page: {
  loginUrl: string;
  corpId: string;
  agentId: string | number;
  redirectUri: string;
  state: string;
}): string {
  const url = new URL('/wwlogin/sso/login', page.loginUrl);
  url.searchParams.set('login_type', 'CorpApp');
  url.searchParams.set('appid', page.corpId);
  url.searchParams.set('agentid', String(page.agentId));
  url.searchParams.set('redirect_uri', page.redirectUri);
  url.searchParams.set('state', page.state);
  return url.href;
}
