import { importRows, scriptImport, type ScriptImport, scriptPage } from '@nextline/contract';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { whileHolding } from '../leases/hold-lease.ts';
import { eventually, startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock, openShop } from '../test-shop.ts';
import { readTable } from './read-table.ts';
import { consoleOf, contentOf, hireHeadquarters, multipart } from './test-console.ts';
import { workImports } from './work-imports.ts';
import { writeTable } from './write-table.ts';

let app: TestApp;
let web: ReturnType<typeof consoleOf>;
beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock() });
  await openShop(app.deps);
  await hireHeadquarters(app);
  web = consoleOf(app);
});
afterAll(() => app.close());

const upload = async (bytes: Buffer, mode = 'update', fileName = '话术.xlsx', importId = uuidv7()) => {
  const { payload, headers } = multipart(fileName, bytes, { importId, mode });
  const answer = await app.app.inject({
    method: 'POST',
    url: '/api/admin/script-imports',
    headers: { ...app.cookieOf('luyiming'), ...headers },
    payload,
  });
  expect(answer.statusCode).toBe(202);
  return importId;
};
const progress = async (importId: string) => scriptImport.parse((await web.call('luyiming', 'GET', `/script-imports/${importId}`)).json());
const work = () => workImports(app.deps, new AbortController().signal);
async function run(bytes: Buffer, mode = 'update'): Promise<ScriptImport> {
  const importId = await upload(bytes, mode);
  await work();
  return progress(importId);
}
async function apply({ importId }: ScriptImport): Promise<ScriptImport> {
  await web.call('luyiming', 'POST', `/script-imports/${importId}/apply`);
  await work();
  return progress(importId);
}
const rowsOf = async (importId: string, query = '') =>
  importRows.parse((await web.call('luyiming', 'GET', `/script-imports/${importId}/rows${query}`)).json()).rows;
const table = (columns: string[], ...rows: string[][]) => writeTable('xlsx', columns, rows);
const find = async (q: string) => scriptPage.parse((await web.call('hexin', 'GET', `/scripts?q=${encodeURIComponent(q)}`)).json()).scripts;

test('a dry run says line by line what would be; nothing is stored before it is applied, and applying twice stores once', async () => {
  const old = uuidv7();
  await web.create('luyiming', contentOf('旧的', { title: '旧的' }), old);
  const bytes = await table(
    ['编号', '标题', '消息1', '状态', '文件夹'],
    [old, '改过的', '新的', '', ''],
    ['', '全新的一条', '=1+1', '', '公司/新的夹'],
    ['x-1', '', '没有标题', '已发布', ''],
    ['x-2', '坏的图', '[图片] 没有.png', '', ''],
    ['x-2', '又一次', '一', '', ''],
    ['示例-1', '示例', '一', '', ''],
  );
  const checked = await run(bytes);
  expect(checked).toMatchObject({
    state: 'checked',
    rows: 5,
    handled: 5,
    counts: { new: 1, changed: 1, same: 0, refused: 3 },
    startedBy: '陆一鸣',
  });
  expect(
    (await rowsOf(checked.importId)).map(({ row, outcome, problems }) => [row, outcome, problems.map(({ column }) => column)]),
  ).toEqual([
    [2, 'changed', []],
    [3, 'new', []],
    [4, 'refused', ['标题']],
    [5, 'refused', ['消息1']],
    [6, 'refused', ['编号']],
  ]);
  expect(await find('全新的一条')).toEqual([]);
  const done = await apply(checked);
  expect(done).toMatchObject({ state: 'done', handled: 5 });
  expect(await apply(checked)).toEqual(done);
  const [made] = await find('全新的一条');
  const script = (await web.call('hexin', 'GET', `/scripts/${made?.scriptId}`)).json();
  expect(script).toMatchObject({ status: 'draft', content: { parts: [{ kind: 'text', text: '=1+1' }] } });
  expect((await find('全新的一条')).length).toBe(1);
  expect((await web.call('hexin', 'GET', `/scripts/${old}`)).json().content).toMatchObject({ title: '改过的', keywords: ['回访'] });
  const errors = await web.call('luyiming', 'GET', `/script-imports/${checked.importId}/errors.xlsx`);
  const again = await readTable(errors.rawPayload);
  expect(again.lines.map(({ cells }) => cells.get('哪里不对')?.split('：')[0])).toEqual(['标题', '消息1', '编号']);
  expect((await run(errors.rawPayload)).counts).toMatchObject({ refused: 3 });
});

test('what somebody has changed or made since the dry run is left alone, line by line, and the line says so', async () => {
  const [changed, untouched, since] = [uuidv7(), uuidv7(), uuidv7()];
  const { revision } = await web.create('luyiming', contentOf('一', { title: '会有人改' }), changed);
  await web.create('luyiming', contentOf('一', { title: '没人动' }), untouched);
  const header = ['编号', '标题', '消息1'];
  const checked = await run(await table(header, [changed, '表里的', '表'], [untouched, '表里改的', '表'], [since, '表里新的', '表']));
  expect(checked.counts).toMatchObject({ new: 1, changed: 2 });
  await web.call('shenqiao', 'PUT', `/scripts/${changed}/draft`, { revision, content: contentOf('二', { title: '她改的' }) });
  await web.create('shenqiao', contentOf('三', { title: '她新写的' }), since);
  const done = await apply(checked);
  expect(done.counts).toMatchObject({ new: 0, changed: 1, refused: 2 });
  expect((await rowsOf(checked.importId, '?outcome=refused'))[0]?.problems[0]?.sentence).toContain('试读之后有人改过');
  const titles = await Promise.all(
    [changed, untouched, since].map(async (id) => (await web.call('shenqiao', 'GET', `/scripts/${id}`)).json().content.title),
  );
  expect(titles).toEqual(['她改的', '表里改的', '她新写的']);
});

test('only adding leaves what is there alone', async () => {
  const there = uuidv7();
  await web.create('luyiming', contentOf('一', { title: '在的' }), there);
  const { counts, importId } = await run(await table(['编号', '标题', '消息1'], [there, '别的', '二']), 'add');
  expect(counts.refused).toBe(1);
  expect((await rowsOf(importId, '?outcome=refused'))[0]?.problems[0]?.sentence).toContain('更新已有的');
  const english = await app.app.inject({
    url: `/api/admin/script-imports/${importId}/rows?outcome=refused`,
    headers: { ...app.cookieOf('luyiming'), 'x-language': 'en' },
  });
  expect(importRows.parse(english.json()).rows[0]?.problems[0]?.sentence).toContain('“Update existing ones”');
});

test('with four eyes a table publishes nothing: what is to be online goes before a reviewer', async () => {
  await apply(await run(await table(['编号', '标题', '消息1', '状态'], ['pub-1', '要上线', '好', '已发布'])));
  expect((await web.call('hexin', 'GET', '/scripts/pub-1')).json()).toMatchObject({ status: 'review', publishedVersion: null });
});

test('a line that changes nothing but where the script stands does what it says, or says why not; the same table again changes nothing', async () => {
  const [down, up, fresh, worded] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
  for (const scriptId of [down, up, worded]) {
    const { revision } = await web.publish(contentOf('不变的话'), scriptId);
    if (scriptId !== up) await web.step('luyiming', scriptId, 'retire', revision);
  }
  await web.create('luyiming', contentOf('没发过'), fresh);
  const { title } = contentOf('');
  const bytes = await table(
    ['编号', '标题', '状态', '消息1'],
    [down, title, '已发布', '不变的话'],
    [up, title, '草稿', '不变的话'],
    [fresh, title, '已下线', '没发过'],
    [worded, title, '已下线', '换一句'],
  );
  const checked = await run(bytes);
  expect((await rowsOf(checked.importId)).map(({ outcome, problems }) => [outcome, problems.map(({ column }) => column)])).toEqual([
    ['changed', []],
    ['changed', []],
    ['refused', ['状态']],
    ['changed', []],
  ]);
  expect((await apply(checked)).counts).toMatchObject({ changed: 3, refused: 1 });
  const script = async (scriptId: string) => (await web.call('hexin', 'GET', `/scripts/${scriptId}`)).json();
  const submitted = await script(down);
  expect(submitted).toMatchObject({ status: 'review', version: 2 });
  expect(await script(up)).toMatchObject({ status: 'draft', version: 2, publishedVersion: 1 });
  expect(await script(fresh)).toMatchObject({ status: 'draft', version: 1 });
  expect(await script(worded)).toMatchObject({ status: 'retired', content: { parts: [{ kind: 'text', text: '换一句' }] } });
  expect((await run(bytes)).counts).toMatchObject({ changed: 0, same: 3, refused: 1 });
  const passed = await web.step('shenqiao', down, 'approve', submitted.revision);
  expect(passed.json()).toMatchObject({ status: 'published', publishedVersion: 2 });
});

test('a guide’s own script that she showed is not rewritten by a table', async () => {
  const scriptId = uuidv7();
  const mine = (path: string, payload: object) =>
    app.app.inject({ method: 'PUT', url: `/api/sidebar/scripts/${scriptId}/${path}`, headers: app.cookieOf('zhou'), payload });
  await mine('personal', { title: '自己写的', text: '原话' });
  await mine('share', { shared: true });
  const { counts, importId } = await run(await table(['编号', '标题', '消息1'], [scriptId, '自己写的', '别人改的']));
  expect(counts).toMatchObject({ changed: 0, refused: 1 });
  expect((await rowsOf(importId))[0]?.problems[0]?.sentence).toContain('只有本人能改');
  expect((await run(await table(['编号', '标题', '消息1'], [scriptId, '自己写的', '原话']))).counts).toMatchObject({ same: 1 });
});

test('what cannot be read fails with a sentence, and the import is over', async () => {
  const failed = await run(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d]));
  expect(failed).toMatchObject({ state: 'failed' });
  expect(failed.failure).toContain('图片');
  expect((await web.call('luyiming', 'POST', `/script-imports/${failed.importId}/apply`)).statusCode).toBe(409);
  const { payload, headers } = multipart('a.xlsx', Buffer.alloc(21 * 1024 * 1024), { importId: uuidv7(), mode: 'add' });
  const large = await app.app.inject({
    method: 'POST',
    url: '/api/admin/script-imports',
    headers: { ...app.cookieOf('luyiming'), ...headers },
    payload,
  });
  expect(large.json().error.details.issues[0].message).toBe('文件太大，最多 20 MB。');
  expect((await web.call('luyiming', 'GET', `/script-imports/${uuidv7()}`)).statusCode).toBe(404);
  expect((await web.call('luyiming', 'GET', '/script-imports/nothing')).statusCode).toBe(404);
  expect((await web.call('lu', 'GET', '/script-imports')).statusCode).toBe(403);
});

test('a worker that is stopped in the middle loses nothing: another goes on, and every line is stored once', async () => {
  const lines = Array.from({ length: 620 }, (_, n) => [`many-${n}`, `很多 ${n}`, `第 ${n} 条`]);
  const importId = await upload(await table(['编号', '标题', '消息1'], ...lines));
  const stopping = new AbortController();
  const first = workImports(app.deps, stopping.signal);
  await eventually(async () => (await progress(importId)).handled > 0);
  stopping.abort();
  await first;
  for (let n = 0; n < 3 && (await progress(importId)).state === 'reading'; n += 1) await work();
  expect(await progress(importId)).toMatchObject({ state: 'checked', rows: 620, counts: { new: 620 } });
  await web.call('luyiming', 'POST', `/script-imports/${importId}/apply`);
  const again = new AbortController();
  const second = workImports(app.deps, again.signal);
  await eventually(async () => (await progress(importId)).handled > 0);
  again.abort();
  await second;
  await work();
  expect(await progress(importId)).toMatchObject({ state: 'done', handled: 620 });
  expect((await find('很多')).length).toBeGreaterThan(0);
  expect(scriptPage.parse((await web.call('hexin', 'GET', `/scripts?q=${encodeURIComponent('很多')}`)).json()).total).toBe(620);
});

test('while another process holds the imports, this one does nothing', async () => {
  const importId = await upload(await table(['标题', '消息1'], ['一', '二']));
  await whileHolding(app.deps, { corpId: app.deps.config.wecom.corpId, name: 'script imports' }, async () => {
    expect(await work()).toBe(0);
  });
  expect((await progress(importId)).state).toBe('reading');
  await work();
});

const inEnglish = (path: string) =>
  app.app.inject({
    url: `/api/admin${path}`,
    headers: { cookie: `${app.cookieOf('luyiming').cookie}; nextline_language=en` },
  });

test('the template is read as a table without a line, in either language', async () => {
  const template = await web.call('luyiming', 'GET', '/script-imports/template.xlsx');
  expect(template.headers['content-disposition']).toContain('.xlsx');
  expect(await run(template.rawPayload)).toMatchObject({ state: 'checked', rows: 0 });
  const english = await inEnglish('/script-imports/template.xlsx');
  expect(english.headers['content-disposition']).toContain('script-template.xlsx');
  expect(await run(english.rawPayload)).toMatchObject({ state: 'checked', rows: 0 });
});

const headOf = (bytes: Buffer) => bytes.toString('utf8').split('\r\n')[0];

test('who sees the console in English gets the library and the refused lines in English, and both are read again', async () => {
  const library = await inEnglish('/scripts-export?format=csv');
  expect(headOf(library.rawPayload)).toContain('"Key","Folder","Title"');
  expect(headOf((await web.call('luyiming', 'GET', '/scripts-export?format=csv')).rawPayload)).toContain('"编号","文件夹","标题"');
  const { counts, rows } = await run(library.rawPayload);
  expect({ ...counts, rows }).toEqual({ new: 0, changed: 0, same: rows, refused: 0, rows });
  const wrong = await run(await table(['Key', 'Title', 'Purpose', 'Message 1'], ['en-1', 'One', 'News', 'Hello']));
  expect(wrong.counts.refused).toBe(1);
  const told = importRows.parse((await inEnglish(`/script-imports/${wrong.importId}/rows`)).json()).rows[0]?.problems;
  expect(told).toEqual([{ column: 'Purpose', sentence: 'Write “Service” or “Marketing”.' }]);
  const errors = await inEnglish(`/script-imports/${wrong.importId}/errors.xlsx`);
  expect((await readTable(errors.rawPayload)).lines[0]?.cells.get('哪里不对')).toBe('Purpose: Write “Service” or “Marketing”.');
  expect((await run(errors.rawPayload)).counts).toMatchObject({ refused: 1 });
});
