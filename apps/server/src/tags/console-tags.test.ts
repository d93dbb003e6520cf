import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { follows } from '../customers/customers.table.ts';
import { asking, openConsole } from '../customers/test-console.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { syncTags } from '../wecom-sync/sync-tags.ts';
import { forgetTagCatalogue } from './tag-catalogue.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ wecom: 'simulator' });
  await openConsole(app);
  await syncTags(app.deps);
  forgetTagCatalogue(app.deps);
});
afterAll(() => app.close());

const ask: ReturnType<typeof asking> = (...args) => asking(app)(...args);
type Groups = { groupId: string; name: string; singleChoice: boolean; tags: { tagId: string; name: string }[] }[];
const groups = async (): Promise<Groups> => (await ask('shen', 'GET', '/tags')).json().groups;
const named = async (name: string) => (await groups()).find((group) => group.name === name);
const atWeCom = () => app.simulator?.world.tagGroups ?? [];

test('a new group is at WeCom and here with its tags in order, and a name that is taken is told beside the field', async () => {
  const answer = await ask('shen', 'POST', '/tag-groups', { name: '秋冬大促', tags: ['双十一', '年货节'] });
  expect(answer.statusCode).toBe(200);
  expect((await named('秋冬大促'))?.tags.map((tag) => tag.name)).toEqual(['双十一', '年货节']);
  expect(
    atWeCom()
      .find((group) => group.name === '秋冬大促')
      ?.tags.map((tag) => tag.name),
  ).toEqual(['双十一', '年货节']);
  expect((await ask('shen', 'POST', '/tag-groups', { name: '秋冬大促', tags: ['x'] })).json().error).toMatchObject({
    code: 'tag.name_taken',
    details: { field: 'name' },
  });
  expect((await ask('shen', 'POST', '/tag-groups', { name: '空组', tags: ['a', ' a'] })).statusCode).toBe(400);
});

test('tags are added, renamed, put in another order and deleted, there and here', async () => {
  const { groupId = '', tags = [] } = (await named('秋冬大促')) ?? {};
  const order = { ids: tags.map((tag) => tag.tagId).toReversed() };
  expect((await ask('shen', 'PUT', `/tag-groups/${groupId}/order`, order)).statusCode).toBe(200);
  expect((await named('秋冬大促'))?.tags.map((tag) => tag.name)).toEqual(['年货节', '双十一']);
  await ask('shen', 'POST', `/tag-groups/${groupId}/tags`, { names: ['会员日'] });
  await ask('shen', 'PUT', `/tags/${tags[0]?.tagId}`, { name: '双 11' });
  await ask('shen', 'DELETE', `/tags/${tags[1]?.tagId}`);
  expect((await named('秋冬大促'))?.tags.map((tag) => tag.name).toSorted()).toEqual(['会员日', '双 11']);
  expect(
    atWeCom()
      .find((group) => group.name === '秋冬大促')
      ?.tags.map((tag) => tag.name)
      .toSorted(),
  ).toEqual(['会员日', '双 11']);
  expect((await ask('shen', 'PUT', `/tag-groups/${groupId}/order`, { ids: ['one'] })).json().error.code).toBe('tag.changed');
});

test('only one of a group is a rule of ours: WeCom is not asked', async () => {
  const { groupId = '' } = (await named('秋冬大促')) ?? {};
  await ask('shen', 'PUT', `/tag-groups/${groupId}`, { singleChoice: true, name: '大促' });
  expect(await named('大促')).toMatchObject({ singleChoice: true });
  expect(atWeCom().map((group) => group.name)).toContain('大促');
});

test('what another app has made is refused with where to change it, and stays', async () => {
  const theirs = atWeCom().find((group) => !group.byApp);
  const [tag] = theirs?.tags ?? [];
  for (const [method, path, body] of [
    ['PUT', `/tags/${tag?.tagId}`, { name: '改名' }],
    ['DELETE', `/tags/${tag?.tagId}`],
    ['DELETE', `/tag-groups/${theirs?.groupId}`],
  ] as const) {
    const answer = await ask('shen', method, path, body);
    expect([answer.statusCode, answer.json().error.code]).toEqual([409, 'tag.not_ours']);
    expect(answer.json().error.message).toContain('客户标签');
  }
  expect((await groups()).flatMap((group) => group.tags).map((one) => one.name)).toContain(tag?.name);
});

test('while WeCom does not answer nothing changes here', async () => {
  await fetch(`${app.simulator?.url}/_sim/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path: '/cgi-bin/externalcontact/add_corp_tag', errcode: -1, times: 20 }),
  });
  expect((await ask('shen', 'POST', '/tag-groups', { name: '等等', tags: ['x'] })).statusCode).toBe(503);
  expect(await named('等等')).toBeUndefined();
  await fetch(`${app.simulator?.url}/_sim/faults`, { method: 'DELETE' });
});

test('what WeCom did and did not answer is here all the same, and a name that is taken is named', async () => {
  await fetch(`${app.simulator?.url}/_sim/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path: '/cgi-bin/externalcontact/add_corp_tag', errcode: -1, after_effect: true, times: 1 }),
  });
  expect((await ask('shen', 'POST', '/tag-groups', { name: '秋冬', tags: ['新'] })).statusCode).toBe(503);
  const { groupId = '' } = (await named('秋冬')) ?? {};
  const again = await ask('shen', 'POST', '/tag-groups', { name: '秋冬', tags: ['新'] });
  expect([again.statusCode, again.json().error.code]).toEqual([409, 'tag.name_taken']);
  // Made by somebody else a moment ago.
  await app.deps.wecom.addCorpTag({ groupId, tags: [{ name: '厚' }] });
  const taken = await ask('shen', 'POST', `/tag-groups/${groupId}/tags`, { names: ['厚'] });
  expect([taken.statusCode, taken.json().error.message]).toEqual([409, '「厚」已经有了，换个名字。']);
  expect((await named('秋冬'))?.tags.map((tag) => tag.name)).toContain('厚');
  expect((await ask('shen', 'DELETE', `/tag-groups/${groupId}`)).statusCode).toBe(200);
});

test('how many wear a tag is told of whom one sees: a manager of the own store', async () => {
  const [group] = await groups();
  const tagId = group?.tags[0]?.tagId ?? '';
  for (const externalUserId of ['wmWang', 'wmChen'])
    await app.deps.db
      .update(follows)
      .set({ tagIds: [tagId] })
      .where(eq(follows.externalUserId, externalUserId));
  const worn = async (who: string) =>
    (await ask(who, 'GET', '/tags')).json().groups[0].tags.find((tag: { tagId: string }) => tag.tagId === tagId).customers;
  expect([await worn('lu'), await worn('jia')]).toEqual([1, 2]);
});

test('a group goes with its tags; a manager and an auditor look only', async () => {
  const { groupId = '' } = (await named('大促')) ?? {};
  expect((await ask('lu', 'DELETE', `/tag-groups/${groupId}`)).statusCode).toBe(403);
  expect((await ask('auditor', 'GET', '/tags')).statusCode).toBe(200);
  expect((await ask('shen', 'DELETE', `/tag-groups/${groupId}`)).statusCode).toBe(200);
  expect(await named('大促')).toBeUndefined();
  expect((await ask('shen', 'DELETE', `/tag-groups/${groupId}`)).statusCode).toBe(404);
});
