import { library, scriptForEditing, scriptPage } from '@nextline/contract';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLog } from '../audit/audit.table.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock, openShop } from '../test-shop.ts';
import { media } from './scripts.table.ts';
import { consoleOf, contentOf, hireHeadquarters } from './test-console.ts';

let app: TestApp;
let web: ReturnType<typeof consoleOf>;
beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock() });
  await openShop(app.deps);
  await hireHeadquarters(app);
  web = consoleOf(app);
});
afterAll(() => app.close());

const code = (answer: { statusCode: number; json(): { error?: { code: string } } }) =>
  answer.statusCode < 300 ? answer.statusCode : `${answer.statusCode} ${answer.json().error?.code}`;
const guideSees = async (scriptId: string, staffUserId = 'zhou') =>
  library
    .parse((await app.app.inject({ url: '/api/sidebar/library', headers: app.cookieOf(staffUserId) })).json())
    .scripts.find((script) => script.scriptId === scriptId);
const list = async (who: string, query = '') => scriptPage.parse((await web.call(who, 'GET', `/scripts${query}`)).json());
const found = async (q: string) => (await list('hexin', `?q=${encodeURIComponent(q)}`)).scripts.map(({ scriptId }) => scriptId);

test('written, submitted, passed by another, and the guide has it; each step is in the log', async () => {
  const scriptId = uuidv7();
  const made = await web.create('luyiming', contentOf('{客户称呼}，精华用了一周啦'), scriptId);
  expect(made).toMatchObject({
    status: 'draft',
    version: 1,
    publishedVersion: null,
    needsReview: true,
    mayReview: false,
    savedBy: '陆一鸣',
  });
  expect(await guideSees(scriptId)).toBeUndefined();
  const submitted = scriptForEditing.parse((await web.step('luyiming', scriptId, 'submit', made.revision)).json());
  expect(submitted.status).toBe('review');
  expect(code(await web.step('luyiming', scriptId, 'approve', submitted.revision))).toBe('409 script.own_review');
  const passed = scriptForEditing.parse((await web.step('shenqiao', scriptId, 'approve', submitted.revision)).json());
  expect(passed).toMatchObject({ status: 'published', publishedVersion: 1 });
  expect(passed.versions).toMatchObject([{ version: 1, state: 'published', author: '陆一鸣', reviewer: '沈乔' }]);
  expect(await guideSees(scriptId)).toMatchObject({ version: 1 });
  const logged = await app.deps.db.select().from(auditLog);
  expect(logged.filter((entry) => entry.subjectId === scriptId).map(({ action }) => action)).toEqual([
    'script.create',
    'script.submit',
    'script.approve',
  ]);
});

test('asked again with the same id, one script is made', async () => {
  const scriptId = uuidv7();
  const first = await web.create('luyiming', contentOf('一'), scriptId);
  expect(await web.create('luyiming', contentOf('一'), scriptId)).toEqual(first);
});

test("the second of two editors gets the first's change with the refusal, and may overwrite it on purpose", async () => {
  const { scriptId, revision } = await web.create('luyiming', contentOf('一'));
  const save = (who: string, text: string, known: number) =>
    web.call(who, 'PUT', `/scripts/${scriptId}/draft`, { revision: known, content: contentOf(text) });
  expect((await save('chenlan', '二', revision)).statusCode).toBe(200);
  const refused = await save('luyiming', '三', revision);
  expect(refused.statusCode).toBe(409);
  const { details } = refused.json().error;
  expect(details).toMatchObject({ revision: revision + 1, savedBy: '陈岚', content: { parts: [{ kind: 'text', text: '二' }] } });
  expect((await save('luyiming', '三', details.revision)).json().content.parts).toEqual([{ kind: 'text', text: '三' }]);
});

test('saving what is there already raises nothing and makes nobody a writer', async () => {
  const { scriptId, revision } = await web.create('luyiming', contentOf('一'));
  const again = await web.call('chenlan', 'PUT', `/scripts/${scriptId}/draft`, { revision, content: contentOf('一') });
  expect(again.json().revision).toBe(revision);
});

test('a draft and a page from before scripts could name what was bought go on as they are', async () => {
  const { scriptId, revision, content } = await web.create('luyiming', contentOf('一'));
  await app.database.pool.query("UPDATE script_drafts SET content = content #- '{fit,orderItems}' WHERE script_id = $1", [scriptId]);
  expect((await web.call('luyiming', 'GET', `/scripts/${scriptId}`)).json().content).toEqual(content);
  const { orderItems: _, ...fit } = content.fit;
  const saved = await web.call('luyiming', 'PUT', `/scripts/${scriptId}/draft`, { revision, content: { ...content, title: '二', fit } });
  expect(saved.json().content).toEqual({ ...content, title: '二' });
});

test('a script that WeCom would refuse is saved but not submitted, and the findings say where it is wrong', async () => {
  const page = { kind: 'link' as const, title: '', description: '', url: 'suheng', cover: null };
  const { scriptId, revision, findings } = await web.create('luyiming', contentOf('', { parts: [page] }));
  expect(findings.map(({ field }) => field)).toEqual(['parts.0.title', 'parts.0.url']);
  const refused = await web.step('luyiming', scriptId, 'submit', revision);
  expect(code(refused)).toBe('422 script.not_ready');
  expect(refused.json().error.details.findings).toHaveLength(2);
});

test('a reviewer sends it back with a reason; the next submission forgets it', async () => {
  const made = await web.create('luyiming', contentOf('一'));
  const { scriptId } = made;
  const submitted = (await web.step('luyiming', scriptId, 'submit', made.revision)).json();
  const back = (await web.step('shenqiao', scriptId, 'reject', submitted.revision, { reason: '太硬了' })).json();
  expect(back).toMatchObject({ status: 'draft', rejection: { by: '沈乔', reason: '太硬了' } });
  expect((await web.step('luyiming', scriptId, 'submit', back.revision)).json().rejection).toBeNull();
});

test('rolling back restores the bytes of the old version, and publishing it sends them', async () => {
  const odd = '👩‍👩‍👧 e\u0301 \u200f‮ 全角　空格\r\n {客户称呼} "引号" \\n </script> =1+1';
  const first = contentOf(odd, { defaults: { 上次购买: '之前买的' }, keywords: ['a"b', ' '], validUntil: '2099-01-01T00:00:00.000Z' });
  const one = await web.publish(first);
  const { scriptId } = one;
  const changed = contentOf('改了', { title: '改了' });
  const two = (await web.call('luyiming', 'PUT', `/scripts/${scriptId}/draft`, { revision: one.revision, content: changed })).json();
  const submitted = (await web.step('luyiming', scriptId, 'submit', two.revision)).json();
  const published = (await web.step('shenqiao', scriptId, 'approve', submitted.revision)).json();
  expect(published.versions.map(({ version, state }: { version: number; state: string }) => [version, state])).toEqual([
    [2, 'published'],
    [1, 'superseded'],
  ]);
  expect((await web.call('hexin', 'GET', `/scripts/${scriptId}/versions/1`)).json()).toEqual({ version: 1, content: first });
  const restored = (await web.step('luyiming', scriptId, 'restore', published.revision, { version: 1 })).json();
  expect(restored).toMatchObject({ status: 'draft', version: 3, publishedVersion: 2, content: first });
  const again = (await web.step('luyiming', scriptId, 'submit', restored.revision)).json();
  await web.step('shenqiao', scriptId, 'approve', again.revision);
  expect(await guideSees(scriptId)).toMatchObject({ version: 3, parts: first.parts, defaults: first.defaults });
});

test('taken down, guides lose it at once and cannot send it; the draft that is written then brings it back', async () => {
  const { scriptId, revision } = await web.publish(contentOf('一'));
  expect(await guideSees(scriptId)).toBeDefined();
  const retired = (await web.step('luyiming', scriptId, 'retire', revision)).json();
  expect(retired.status).toBe('retired');
  expect(await guideSees(scriptId)).toBeUndefined();
  const sent = await app.app.inject({
    method: 'POST',
    url: '/api/sidebar/customers/wmLin/sends',
    headers: app.cookieOf('zhou'),
    payload: { sendId: uuidv7(), scriptId, version: 1, source: { kind: 'library' }, edits: [], fills: {} },
  });
  expect(code(sent)).toBe('410 script.retired');
});

test('what was taken down comes back with the same words through the same review, and may be laid aside before it does', async () => {
  const { scriptId, revision } = await web.publish(contentOf('一'));
  const retired = (await web.step('luyiming', scriptId, 'retire', revision)).json();
  const anew = (await web.step('luyiming', scriptId, 'restore', retired.revision, { version: 1 })).json();
  expect(anew).toMatchObject({ status: 'draft', version: 2, publishedVersion: 1, content: retired.content });
  const aside = (await web.step('luyiming', scriptId, 'retire', anew.revision)).json();
  expect(aside).toMatchObject({ status: 'retired', version: 2 });
  const submitted = (await web.step('luyiming', scriptId, 'submit', aside.revision)).json();
  expect(await guideSees(scriptId)).toBeUndefined();
  await web.step('shenqiao', scriptId, 'approve', submitted.revision);
  expect(await guideSees(scriptId)).toMatchObject({ version: 2 });
});

test('a draft that is thrown away before anybody had it leaves nothing behind', async () => {
  const { scriptId, revision } = await web.create('luyiming', contentOf('一'));
  expect((await web.step('luyiming', scriptId, 'discard', revision)).statusCode).toBe(204);
  expect(code(await web.call('luyiming', 'GET', `/scripts/${scriptId}`))).toBe('404 script.not_found');
});

test('out of season it is on nobody’s shelf and cannot be sent', async () => {
  const month = Number(app.clock.now().toISOString().slice(5, 7));
  const { fit } = contentOf('');
  const now = await web.publish(contentOf('当季', { fit: { ...fit, season: [month] } }));
  const later = await web.publish(contentOf('过季', { fit: { ...fit, season: [(month % 12) + 1] } }));
  expect(await guideSees(now.scriptId)).toBeDefined();
  expect(await guideSees(later.scriptId)).toBeUndefined();
});

test('the list is paged by the newest change, filtered by status, folder, audience, and found by words, pinyin and initials', async () => {
  await web.create('luyiming', contentOf('成分党看这里', { title: '成分表与过敏原说明' }));
  for (const q of ['成分表', 'chengfen', 'cfb', '过敏原', '看这里']) {
    const { scripts } = await list('hexin', `?q=${encodeURIComponent(q)}`);
    expect([q, scripts.map(({ title }) => title)]).toEqual([q, ['成分表与过敏原说明']]);
  }
  expect((await list('hexin', `?q=${encodeURIComponent('%')}`)).total).toBe(0);
  const whole = await list('hexin');
  expect(whole.total).toBe(whole.counts.all);
  const paged: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await list('hexin', `?limit=3${cursor && `&cursor=${cursor}`}`);
    paged.push(...page.scripts.map(({ scriptId }) => scriptId));
    cursor = page.nextCursor;
  }
  expect(paged).toEqual(whole.scripts.map(({ scriptId }) => scriptId));
  const { scripts, counts } = await list('hexin', '?status=retired');
  expect(scripts.length).toBe(counts.retired);
  expect(code(await web.call('hexin', 'GET', '/scripts?cursor=abc'))).toBe('400 request.invalid');
});

test('a search reads what people read, with its quotes and backslashes, and neither the names of fields nor hashes', async () => {
  const file = { sha256: '618'.padEnd(64, 'a'), fileName: '会员日海报.jpg', contentType: 'image/jpeg', byteSize: 1 };
  await app.deps.db
    .insert(media)
    .values({ corpId: app.deps.config.wecom.corpId, ...file, bytes: Buffer.from('.'), storedAt: app.clock.now() });
  const link = { kind: 'link' as const, title: '活动页', description: '周末两天', url: 'https://shop.example/weekend', cover: null };
  const parts = [{ kind: 'text' as const, text: '她说"真好用"，C:\\报价' }, link, { kind: 'image' as const, media: file }];
  const { scriptId } = await web.create('luyiming', contentOf('', { title: '找得到的', keywords: ['带"双引号"的'], parts }));
  for (const q of ['"真好用"', 'C:\\报', '活动页', '周末两天', 'SHOP.example/week', '海报', '"双引号"', '真好用 周末'])
    expect([q, await found(q)]).toEqual([q, [scriptId]]);
  for (const q of ['kind', 'media', 'byteSize', 'image/jpeg', '618', '["', '":']) expect([q, await found(q)]).toEqual([q, []]);
});

test("a manager finds and writes her own store's scripts; every other id is 404, as one that was made up", async () => {
  const own = contentOf('一', { title: '本店', audience: { kind: 'stores', storeIds: ['njxl'] } });
  const made = await web.create('lu', own);
  const company = await web.publish(contentOf('二'));
  const theirs = await web.publish(contentOf('三', { audience: { kind: 'stores', storeIds: ['jajl'] } }));
  expect((await list('lu')).scripts.map(({ title }) => title)).toEqual(['本店']);
  for (const scriptId of [company.scriptId, theirs.scriptId, 'no-such-script']) {
    const answers = [
      web.call('lu', 'GET', `/scripts/${scriptId}`),
      web.call('lu', 'PUT', `/scripts/${scriptId}/draft`, { revision: 1, content: own }),
      web.step('lu', scriptId, 'retire', 1),
      web.call('lu', 'GET', `/scripts/${scriptId}/versions/1`),
    ];
    for (const answer of await Promise.all(answers)) expect(code(answer)).toBe('404 script.not_found');
  }
  expect(code(await web.call('lu', 'POST', '/scripts', { scriptId: uuidv7(), content: contentOf('四') }))).toBe('400 request.invalid');
  expect(code(await web.step('lu', made.scriptId, 'approve', made.revision))).toBe('403 session.forbidden');
  expect(code(await web.call('lu', 'GET', '/missing-scripts'))).toBe('403 session.forbidden');
});

test('a page is told beforehand whether its reader may change the script, and an auditor reads what is missing', async () => {
  const own = await web.create('lu', contentOf('一', { audience: { kind: 'stores', storeIds: ['njxl'] } }));
  const shared = await web.publish(contentOf('二', { audience: { kind: 'stores', storeIds: ['njxl', 'jajl'] } }));
  const mayWrite = async (who: string, scriptId: string) => (await web.call(who, 'GET', `/scripts/${scriptId}`)).json().mayWrite;
  expect([await mayWrite('lu', own.scriptId), await mayWrite('lu', shared.scriptId)]).toEqual([true, false]);
  expect([await mayWrite('luyiming', own.scriptId), await mayWrite('hexin', own.scriptId)]).toEqual([true, false]);
  expect((await web.call('hexin', 'GET', '/missing-scripts')).statusCode).toBe(200);
  expect(code(await web.call('hexin', 'POST', '/missing-scripts/settle', { query: '价格', scriptId: null }))).toBe('403 session.forbidden');
});

test('a manager puts nothing before more than her own store: not an older version, nor a wider draft of headquarters', async () => {
  const first = await web.publish(contentOf('给大家的'));
  const { scriptId } = first;
  const put = async (revision: number, content: object) =>
    (await web.call('luyiming', 'PUT', `/scripts/${scriptId}/draft`, { revision, content })).json();
  const narrow = await put(first.revision, contentOf('给本店的', { audience: { kind: 'stores', storeIds: ['njxl'] } }));
  const submitted = (await web.step('luyiming', scriptId, 'submit', narrow.revision)).json();
  const passed = (await web.step('shenqiao', scriptId, 'approve', submitted.revision)).json();
  expect(code(await web.step('lu', scriptId, 'restore', passed.revision, { version: 1 }))).toBe('403 session.forbidden');
  const wide = await put(passed.revision, contentOf('又给大家的'));
  const rules = (await web.call('shenqiao', 'GET', '/script-rules')).json();
  await web.call('shenqiao', 'PUT', '/script-rules', { ...rules, fourEyes: false });
  for (const step of ['submit', 'publish']) expect(code(await web.step('lu', scriptId, step, wide.revision))).toBe('403 session.forbidden');
  await web.call('shenqiao', 'PUT', '/script-rules', rules);
  expect(await guideSees(scriptId, 'qian')).toBeUndefined();
  expect((await web.step('luyiming', scriptId, 'submit', wide.revision)).json().status).toBe('review');
});

test('who may only look changes nothing; a guide has no console', async () => {
  const { scriptId, revision } = await web.create('luyiming', contentOf('一'));
  expect(code(await web.step('hexin', scriptId, 'submit', revision))).toBe('403 session.forbidden');
  expect(code(await web.call('hexin', 'POST', '/scripts', { scriptId: uuidv7(), content: contentOf('一') }))).toBe('403 session.forbidden');
  expect((await web.call('zhou', 'GET', '/scripts')).statusCode).toBe(403);
});

test('rules are the admin’s; without four eyes a writer publishes', async () => {
  const rules = (await web.call('hexin', 'GET', '/script-rules')).json();
  expect(rules.fourEyes).toBe(true);
  expect(code(await web.call('luyiming', 'PUT', '/script-rules', { ...rules, fourEyes: false }))).toBe('403 session.forbidden');
  expect((await web.call('shenqiao', 'PUT', '/script-rules', { fourEyes: false, forbiddenWords: [] })).statusCode).toBe(200);
  const { scriptId, revision } = await web.create('luyiming', contentOf('最有效'));
  expect((await web.step('luyiming', scriptId, 'publish', revision)).json()).toMatchObject({ status: 'published', findings: [] });
  await web.call('shenqiao', 'PUT', '/script-rules', rules);
});

const badWord = (text: string) => ({ word: text, why: '品牌不用', replaceWith: null });

test('of two admins who change the rules at once the second is told what the first saved, and nothing of it is lost', async () => {
  const was = (await web.call('shenqiao', 'GET', '/script-rules')).json();
  const first = { ...was, forbiddenWords: [badWord('宝宝们'), ...was.forbiddenWords] };
  expect((await web.call('shenqiao', 'PUT', '/script-rules', { ...first, was })).statusCode).toBe(200);
  const second = await web.call('shenqiao', 'PUT', '/script-rules', { ...was, forbiddenWords: [badWord('家人们')], was });
  expect([second.statusCode, second.json().error]).toMatchObject([
    409,
    { code: 'script_rules.changed', details: { rules: first, by: '沈乔' } },
  ]);
  expect((await web.call('shenqiao', 'GET', '/script-rules')).json()).toEqual(first);
  await web.call('shenqiao', 'PUT', '/script-rules', { ...was, was: first });
});

const preview = (externalUserId: string, who = 'luyiming') =>
  web.call(who, 'POST', '/scripts/preview', { content: contentOf('{客户称呼}，我是{导购姓名}，{上次购买}'), externalUserId });

test('what somebody writes for their own use waits for no second pair of eyes, and does as soon as it is for others', async () => {
  const own = await web.create(
    'luyiming',
    contentOf('随手记', { title: '自己用', audience: { kind: 'personal', ownerUserId: 'luyiming' } }),
  );
  expect(own.needsReview).toBe(false);
  const published = await web.step('luyiming', own.scriptId, 'publish', own.revision);
  expect([published.statusCode, published.json().status]).toEqual([200, 'published']);
  const content = contentOf('随手记', { title: '给大家', audience: { kind: 'company' } });
  const wider = await web.call('luyiming', 'PUT', `/scripts/${own.scriptId}/draft`, { revision: published.json().revision, content });
  expect(wider.json().needsReview).toBe(true);
  expect((await web.step('luyiming', own.scriptId, 'publish', wider.json().revision)).statusCode).toBe(409);
});

test('the preview fills in what is known of her, and names what is missing', async () => {
  expect((await preview('wmLin')).json()).toEqual({
    parts: [{ kind: 'text', text: '林小姐，我是周以宁，{上次购买}' }],
    missing: ['上次购买'],
    guideName: '周以宁',
    customerName: '林小姐',
  });
  expect(code(await preview('wmChen', 'lu'))).toBe('404 customer.not_found');
  expect(code(await preview('wmNobody'))).toBe('404 customer.not_found');
});

test('folders have two levels, keep their order, and are not deleted with something in them', async () => {
  const [a, b] = [uuidv7(), uuidv7()];
  const make = (folderId: string, name: string, parentId: string | null) =>
    web.call('luyiming', 'POST', '/script-folders', { folderId, name, parentId });
  await make(a, '公司', null);
  expect((await make(b, '新客欢迎', a)).statusCode).toBe(200);
  expect(code(await make(uuidv7(), '三级', b))).toBe('400 request.invalid');
  expect(code(await web.call('luyiming', 'DELETE', `/script-folders/${a}`))).toBe('409 folder.not_empty');
  expect(code(await web.call('luyiming', 'PUT', `/script-folders/f1`, { parentId: b }))).toBe('400 request.invalid');
  const ordered = await web.call('luyiming', 'PUT', '/script-folders/order', { parentId: null, folderIds: [a, 'f1'] });
  expect(
    ordered
      .json()
      .folders.filter((folder: { parentId: string | null }) => folder.parentId === null)
      .map((folder: { folderId: string }) => folder.folderId),
  ).toEqual([a, 'f1']);
  expect(code(await web.call('luyiming', 'PUT', '/script-folders/order', { parentId: null, folderIds: [a] }))).toBe('400 request.invalid');
  expect((await web.call('luyiming', 'DELETE', `/script-folders/${b}`)).statusCode).toBe(200);
  expect(code(await web.call('luyiming', 'DELETE', `/script-folders/f1`))).toBe('409 folder.not_empty');
});

test('what guides looked for in vain comes by how often and how lately; settled, it is gone until somebody asks again', async () => {
  const ask = (query: string, staffUserId: string, wish?: string) =>
    app.app.inject({
      method: 'POST',
      url: '/api/sidebar/missing-scripts',
      headers: app.cookieOf(staffUserId),
      payload: { requestId: uuidv7(), query, automatic: wish === undefined, ...(wish !== undefined && { wish }) },
    });
  for (const who of ['zhou', 'qian', 'zhou']) await ask('色号怎么选', who);
  await ask('孕妇能用吗', 'zhou', '怀孕能不能用精华');
  const missing = async () => (await web.call('luyiming', 'GET', '/missing-scripts')).json().missing;
  expect(await missing()).toMatchObject([
    { query: '色号怎么选', times: 3, guides: 2, wishes: [] },
    { query: '孕妇能用吗', times: 1, guides: 1, wishes: [{ wish: '怀孕能不能用精华', staffName: '周以宁' }] },
  ]);
  await web.call('luyiming', 'POST', '/missing-scripts/settle', { query: '色号怎么选', scriptId: null });
  expect(await missing()).toHaveLength(1);
  app.clock.advance(1000);
  await ask('色号怎么选', 'qian');
  expect(await missing()).toMatchObject([{ query: '色号怎么选', times: 1 }, { query: '孕妇能用吗' }]);
});

test('a bulk change says first how many it would change, is done once, and goes back but for what somebody changed since', async () => {
  const made = [await web.publish(contentOf('甲')), await web.publish(contentOf('乙')), await web.create('luyiming', contentOf('丙'))];
  const scriptIds = made.map(({ scriptId }) => scriptId);
  const body = {
    bulkId: uuidv7(),
    selection: { scriptIds: [...scriptIds, 'nobody'] },
    change: { kind: 'audience', audience: { kind: 'stores', storeIds: ['jajl'] } },
  };
  const run = async (dryRun: boolean) => (await web.call('luyiming', 'POST', '/scripts/bulk', { ...body, dryRun })).json();
  expect(await run(true)).toEqual({ selected: 3, changed: 3, undoUntil: null });
  expect(await guideSees(scriptIds[0] ?? '')).toBeDefined();
  const done = await run(false);
  expect(done).toMatchObject({ selected: 3, changed: 3 });
  expect(await run(false)).toEqual(done);
  expect(await guideSees(scriptIds[0] ?? '')).toBeUndefined();
  expect(await guideSees(scriptIds[0] ?? '', 'qian')).toBeDefined();
  const touched = (await web.call('luyiming', 'GET', `/scripts/${scriptIds[1]}`)).json();
  await web.call('chenlan', 'PUT', `/scripts/${scriptIds[1]}/draft`, {
    revision: touched.revision,
    content: { ...touched.content, title: '改' },
  });
  const undo = () => web.call('luyiming', 'POST', `/scripts/bulk/${body.bulkId}/undo`);
  expect(code(await web.call('chenlan', 'POST', `/scripts/bulk/${body.bulkId}/undo`))).toBe('404 bulk.not_found');
  expect((await undo()).json()).toEqual({ selected: 3, changed: 2, undoUntil: null });
  expect((await undo()).json()).toEqual({ selected: 3, changed: 2, undoUntil: null });
  expect(await guideSees(scriptIds[0] ?? '')).toBeDefined();
  expect(await guideSees(scriptIds[1] ?? '')).toBeUndefined();
});

test('taking down many puts each where it was when it is undone, also before its reviewer', async () => {
  const { scriptId, revision, content } = await web.publish(contentOf('丁'));
  const next = (
    await web.call('luyiming', 'PUT', `/scripts/${scriptId}/draft`, { revision, content: { ...content, title: '丁二' } })
  ).json();
  await web.step('luyiming', scriptId, 'submit', next.revision);
  const bulkId = uuidv7();
  await web.call('luyiming', 'POST', '/scripts/bulk', {
    bulkId,
    selection: { query: { q: '丁二' } },
    change: { kind: 'retire' },
    dryRun: false,
  });
  expect((await web.call('hexin', 'GET', `/scripts/${scriptId}`)).json()).toMatchObject({
    status: 'retired',
    versions: [{ state: 'draft' }, {}],
  });
  await web.call('luyiming', 'POST', `/scripts/bulk/${bulkId}/undo`);
  expect((await web.call('hexin', 'GET', `/scripts/${scriptId}`)).json()).toMatchObject({
    status: 'review',
    versions: [{ state: 'review' }, {}],
  });
  expect(await guideSees(scriptId)).toBeDefined();
});

test('a move that is undone leaves those where they are whose folder is gone by then', async () => {
  const folders = [uuidv7(), uuidv7()];
  const scriptIds: string[] = [];
  for (const [n, folderId] of folders.entries()) {
    await web.call('luyiming', 'POST', '/script-folders', { folderId, name: `搬家${n}`, parentId: null });
    scriptIds.push((await web.create('luyiming', contentOf('一', { folderId }))).scriptId);
  }
  const bulkId = uuidv7();
  const change = { kind: 'move', folderId: 'f1' };
  await web.call('luyiming', 'POST', '/scripts/bulk', { bulkId, selection: { scriptIds }, change, dryRun: false });
  expect((await web.call('luyiming', 'DELETE', `/script-folders/${folders[0]}`)).statusCode).toBe(200);
  const undone = (await web.call('luyiming', 'POST', `/scripts/bulk/${bulkId}/undo`)).json();
  expect(undone).toEqual({ selected: 2, changed: 1, undoUntil: null });
  const folderOf = async (scriptId: string) => (await web.call('hexin', 'GET', `/scripts/${scriptId}`)).json().content.folderId;
  expect(await Promise.all(scriptIds.map(folderOf))).toEqual(['f1', folders[1]]);
});

test('half a character and an unknown folder are refused beside their field', async () => {
  const refused = await web.call('luyiming', 'POST', '/scripts', { scriptId: uuidv7(), content: contentOf('\ud83d') });
  expect(refused.statusCode).toBe(400);
  const folder = await web.call('luyiming', 'POST', '/scripts', { scriptId: uuidv7(), content: contentOf('一', { folderId: 'nowhere' }) });
  expect(folder.json().error.details.issues).toEqual([{ path: 'body.content.folderId', message: '这个文件夹已经不在了，换一个。' }]);
});
