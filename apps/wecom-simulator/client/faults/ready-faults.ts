/** A fault in the words of `POST /_sim/faults`. */
export interface Fault {
  path: string;
  errcode?: number;
  errmsg?: string;
  status?: number;
  body?: string;
  delay_ms?: number;
  drop?: boolean;
  skip?: number;
  /** null: until it is taken away. */
  times?: number | null;
  after_effect?: boolean;
}

export interface ReadyFault {
  title: string;
  /** What the guide or the product will meet. */
  hint: string;
  fault: Fault;
  /** Shows only when the sidebar is opened anew. */
  atOpening?: true;
}

/** The bad days that a product on WeCom should get through, by where they happen. */
export const readyFaults: { where: string; choices: ReadyFault[] }[] = [
  {
    where: '侧边栏里',
    choices: [
      {
        title: 'JS 签名被拒',
        hint: 'agentConfig 报 invalid signature',
        fault: {
          path: 'bridge/agentConfig',
          errmsg: 'invalid signature more info at https://open.work.weixin.qq.com/devtool/query?e=40093',
        },
        atOpening: true,
      },
      {
        title: '域名不可信',
        hint: 'agentConfig 报 invalid url domain',
        fault: { path: 'bridge/agentConfig', errmsg: 'invalid url domain' },
        atOpening: true,
      },
      { title: '没有 bridge', hint: '页面里没有 WeixinJSBridge', fault: { path: 'webview/page', errmsg: 'no_bridge' }, atOpening: true },
      { title: 'bridge 晚到 8 秒', hint: '客户端很慢，过一会儿才有', fault: { path: 'webview/page', delay_ms: 8000 }, atOpening: true },
      { title: 'bridge 不回话', hint: '页面调什么都没有回音', fault: { path: 'bridge', drop: true }, atOpening: true },
      {
        title: '不说在和谁聊',
        hint: 'getCurExternalContact 没有权限',
        fault: { path: 'bridge/getCurExternalContact', errmsg: 'fail no permission' },
        atOpening: true,
      },
      { title: '取消发送', hint: '下一条被导购取消', fault: { path: 'bridge/sendChatMessage', errmsg: 'cancel', times: 1 } },
      {
        title: '第 2 条失败',
        hint: '第一条照常，第二条发不出去',
        fault: { path: 'bridge/sendChatMessage', errmsg: 'fail', skip: 1, times: 1 },
      },
      { title: '发送慢 3 秒', hint: '每一条都等 3 秒才有结果', fault: { path: 'bridge/sendChatMessage', delay_ms: 3000 } },
    ],
  },
  {
    where: '导购的网络',
    choices: [
      { title: '侧边栏断网', hint: '页面还在，它的每个请求都断', fault: { path: 'webview/request', drop: true } },
      { title: '侧边栏网慢 3 秒', hint: '它的每个请求都等 3 秒', fault: { path: 'webview/request', delay_ms: 3000 } },
      {
        title: '做完了没收到回信',
        hint: '下一个请求做成了，回信断在路上',
        fault: { path: 'webview/request', drop: true, after_effect: true, times: 1 },
      },
    ],
  },
  {
    where: '企业微信的接口',
    choices: [
      { title: '断网', hint: '连上就断，一直到关掉为止', fault: { path: 'cgi-bin', drop: true } },
      { title: '调用太频繁', hint: '所有接口回 45009', fault: { path: 'cgi-bin', errcode: 45009 } },
      { title: '系统繁忙', hint: '接下来 3 次回 -1', fault: { path: 'cgi-bin', errcode: -1, times: 3 } },
      { title: '凭证过期', hint: '下一次调用回 42001', fault: { path: 'cgi-bin/externalcontact', errcode: 42001, times: 1 } },
      { title: '慢 3 秒', hint: '每次调用都慢', fault: { path: 'cgi-bin', delay_ms: 3000 } },
      {
        title: '打标签做了没回话',
        hint: '标签已经打上，连接断了',
        fault: { path: 'cgi-bin/externalcontact/mark_tag', after_effect: true, drop: true, times: 1 },
      },
      { title: '登录打不开', hint: 'OAuth 页回 503', fault: { path: 'connect/oauth2/authorize', status: 503 } },
    ],
  },
];

/** The name of a fault that is on: a ready one's title, or what it spoils. */
export function faultTitle(fault: Fault): string {
  const ready = readyFaults.flatMap(({ choices }) => choices).find((choice) => isSame(choice.fault, fault));
  if (ready) return ready.title;
  const how = fault.drop
    ? '断开'
    : fault.body !== undefined
      ? '乱答'
      : (fault.errcode ?? fault.errmsg ?? fault.status ?? `慢 ${fault.delay_ms ?? 0} 毫秒`);
  return `${fault.path} ${how}`;
}

/** Whether two faults spoil the same calls the same way, however many calls are left to spoil. */
export function isSame(one: Fault, other: Fault): boolean {
  return (
    (['path', 'errcode', 'errmsg', 'status', 'body', 'delay_ms'] as const).every((key) => (one[key] ?? null) === (other[key] ?? null)) &&
    (one.drop ?? false) === (other.drop ?? false) &&
    (one.after_effect ?? false) === (other.after_effect ?? false)
  );
}
