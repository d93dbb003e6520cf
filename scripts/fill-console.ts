import type { APIResponse, Browser, BrowserContext } from '@playwright/test';

/** Ids that stay the same, so that filling twice is filling once. */
const id = (n: number) => `0199a000-0000-7000-8000-00000000000${n}`;

async function must(answer: APIResponse): Promise<void> {
  if (!answer.ok()) throw new Error(`${answer.url()} answered ${answer.status()}: ${await answer.text()}`);
}

async function signedIn(browser: Browser, product: string, staff: string, path: string): Promise<BrowserContext> {
  const context = await browser.newContext();
  await context.addCookies([{ name: 'sim_staff', value: staff, url: product }]);
  const page = await context.newPage();
  await page.goto(product + path);
  if (page.url().includes('/wwlogin/')) await page.locator(`a[href*="sim_staff=${staff}"]`).click();
  await page.waitForURL(`${product}${path}**`);
  await page.close();
  return context;
}

/** A sentence that a guide keeps for herself, and has shown to headquarters. */
async function showOwnScript(guide: BrowserContext, product: string): Promise<void> {
  const path = `${product}/api/sidebar/scripts/${id(4)}`;
  const data = { title: '雨天到店，先递毛巾', text: '{客户称呼}，外面下雨，慢慢来不着急，到了我给您拿条干毛巾。' };
  await must(await guide.request.put(`${path}/personal`, { data }));
  await must(await guide.request.put(`${path}/share`, { data: { shared: true } }));
}

/** Customers whom guides have just added: WeCom tells of each in a callback. */
async function addCustomers(sim: string): Promise<void> {
  for (const [staff, name] of [
    ['zhouyining', '雨后初晴'],
    ['xuanqi', 'Mia'],
    ['qianduo', '小满妈妈'],
  ]) {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${sim}/_sim/customers`, { method: 'POST', headers, body: JSON.stringify({ staff, name }) });
    if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${await answer.text()}`);
  }
}

/** Does in a fresh demo what a week of work would: a script waits for review, guides have missed a sentence and shown one of their own, somebody has kept a filter, and rules move customers. */
export async function fillConsole(browser: Browser, product: string, sim: string): Promise<void> {
  await addCustomers(sim);
  const guides = [
    ['zhouyining', '客户常问孕期能不能用，想要一句稳妥的'],
    ['xuanqi', '哺乳期也有人问'],
    ['qianduo', '最好带上成分表'],
  ] as const;
  for (const [n, [staff, wish]] of guides.entries()) {
    const guide = await signedIn(browser, product, staff, '/sidebar/');
    const report = (query: string, at: number, wish?: string) =>
      guide.request.post(`${product}/api/sidebar/missing-scripts`, {
        data: {
          requestId: `${id(at).slice(0, -2)}${n}${at}`,
          query,
          automatic: wish === undefined,
          ...(wish === undefined ? {} : { wish }),
        },
      });
    await must(await report('孕妇能用吗', 1, wish));
    if (n > 0) await must(await report('敏感期停用什么', 2));
    if (n > 1) await must(await report('发票怎么开', 3));
    if (n === 0) await showOwnScript(guide, product);
    await guide.close();
  }

  const desk = await signedIn(browser, product, 'luyiming', '/admin/');
  const { folders }: { folders: { folderId: string }[] } = await (await desk.request.get(`${product}/api/admin/scripts?limit=1`)).json();
  const content = {
    folderId: folders[0]?.folderId ?? '',
    title: '换季泛红，先停哪一步',
    keywords: ['泛红', '换季'],
    purpose: 'service',
    parts: [
      { kind: 'text', text: '{客户称呼}，换季泛红别急着加东西，先停酸类和磨砂三天，洗面奶换成氨基酸的。' },
      { kind: 'text', text: '三天后还红，拍张自然光的照片给我，我帮您看。' },
    ],
    audience: { kind: 'company' },
    fit: { stageIds: [], tagIds: [], season: [], answers: [], daysSinceFollow: null, daysSinceOrder: null, silentDays: null },
    validFrom: null,
    validUntil: null,
    defaults: {},
  };
  const made = await desk.request.post(`${product}/api/admin/scripts`, { data: { scriptId: id(1), content } });
  await must(made);
  const { revision, status }: { revision: number; status: string } = await made.json();
  if (status === 'draft') await must(await desk.request.post(`${product}/api/admin/scripts/${id(1)}/submit`, { data: { revision } }));
  const segments = [
    { segmentId: id(2), name: '沉默一个月的老客', filter: { silentDays: 30, hasOrder: true }, shared: true },
    { segmentId: id(3), name: '还没下过单', filter: { hasOrder: false }, shared: false },
  ];
  for (const { segmentId, ...data } of segments) await must(await desk.request.put(`${product}/api/admin/segments/${segmentId}`, { data }));
  const { stages }: { stages: { stageId: string; name: string }[] } = await (await desk.request.get(`${product}/api/admin/stages`)).json();
  const stage = (name: string) => stages.find((one) => one.name === name)?.stageId ?? '';
  const rules = [
    { when: { kind: 'order' }, fromStageIds: [stage('潜在客户'), stage('意向客户')], toStageId: stage('首购客户'), enabled: true },
    {
      when: { kind: 'silence', days: 90 },
      fromStageIds: [stage('首购客户'), stage('复购客户')],
      toStageId: stage('沉睡客户'),
      enabled: true,
    },
  ];
  for (const [n, data] of rules.entries()) await must(await desk.request.put(`${product}/api/admin/stage-rules/${id(5 + n)}`, { data }));
  await desk.close();
}
