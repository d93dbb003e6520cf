/** What a WeCom client puts into every page, written for old browser kernels: it runs before anything the page brings. */
export interface ShimOptions {
  /** Origin of the client page, the only one that is listened to. */
  host: string;
  userAgent: string;
  /** A slow client: the bridge appears after this many milliseconds. */
  delayMs: number;
}

const wxwork = '4.1.36';

export const userAgents = {
  desktop: `Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.0.0 Safari/537.36 wxwork/${wxwork} (MicroMessenger/6.2) WindowsWechat`,
  phone: `Mozilla/5.0 (iPhone; CPU iPhone OS 14_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 wxwork/${wxwork} MicroMessenger/7.0.1 Language/zh ColorScheme/Light`,
};

/** The user agent alone: a client whose bridge never comes. */
export function userAgentScript(userAgent: string): string {
  return `Object.defineProperty(navigator,'userAgent',{configurable:true,get:function(){return ${JSON.stringify(userAgent)}}});`;
}

/**
 * `window.WeixinJSBridge` over postMessage to the client page: parameters and results travel as JSON text, since the SDK puts functions
 * into the parameters; each result is a new object. `wake` from the client page is what a webview does when it is shown again.
 */
export function bridgeScript({ host, userAgent, delayMs }: ShimOptions): string {
  const bridge = `
  var host = ${JSON.stringify(host)}, last = 0, waiting = {}, listeners = {};
  addEventListener('message', function (event) {
    var message = event.data;
    if (event.origin !== host || event.source !== parent || !message || message.sim !== 1) return;
    if (message.kind === 'result') {
      var done = waiting[message.id];
      delete waiting[message.id];
      if (done) done(JSON.parse(message.json));
    } else if (message.kind === 'event') {
      (listeners[message.name] || []).forEach(function (listener) { listener(JSON.parse(message.json)); });
    } else if (message.kind === 'wake') {
      document.dispatchEvent(new Event('visibilitychange'));
      window.dispatchEvent(new Event('focus'));
    }
  });
  var bridge = {
    invoke: function (name, params, done) {
      last += 1;
      waiting[last] = done;
      parent.postMessage({ sim: 1, kind: 'invoke', id: last, name: name, json: JSON.stringify(params || {}), href: location.href }, host);
    },
    on: function (name, listener) { (listeners[name] = listeners[name] || []).push(listener); },
    call: function (name, params) { bridge.invoke(name, params, function () {}); }
  };
  function appear() {
    window.WeixinJSBridge = bridge;
    document.dispatchEvent(new Event('WeixinJSBridgeReady'));
  }
  ${delayMs > 0 ? `setTimeout(appear, ${delayMs});` : 'appear();'}
`;
  return `${userAgentScript(userAgent)}(function () {${bridge}})();`;
}
