import { afterAll, beforeAll, expect, test } from 'vitest';
import { requireCustomer } from '../customers/require-customer.ts';
import { eventually, startTestApp, type TestApp } from '../test-app.ts';
import { syncStaff } from '../wecom-sync/sync-staff.ts';
import { syncTags } from '../wecom-sync/sync-tags.ts';
import { forgetTagCatalogue } from './tag-catalogue.ts';
import { setSingleChoice } from './tags.store.ts';

let app: TestApp;
let customer: string;
const guide = 'zhouyining';

beforeAll(async () => {
  app = await startTestApp({ wecom: 'simulator' });
  await syncStaff(app.deps);
  await syncTags(app.deps);
  const found = [...world().follows.values()].find((one) => one.staff === guide && one.remark === '林小姐');
  customer = found?.externalUserid ?? '';
  await requireCustomer(app.deps, { staffUserId: guide, name: '', role: 'guide', storeId: null, seesMobiles: false }, customer);
});
afterAll(() => app.close());

function world() {
  if (!app.simulator) throw new Error('no simulator');
  return app.simulator.world;
}
const tagId = (name: string) =>
  world()
    .tagGroups.flatMap((group) => group.tags)
    .find((tag) => tag.name === name)?.tagId ?? '';
const atWeCom = () => [...world().follows.values()].find((one) => one.staff === guide && one.externalUserid === customer)?.tagIds ?? [];
const change = (add: string[], remove: string[] = [], staffUserId = guide) =>
  app.app.inject({
    method: 'PUT',
    url: `/api/sidebar/customers/${customer}/tags`,
    headers: app.cookieOf(staffUserId),
    payload: { add, remove },
  });
const fault = (body: Record<string, unknown>) =>
  fetch(`${app.simulator?.url}/_sim/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('a tag set here is at WeCom when the tap is answered', async () => {
  const answer = await change([tagId('要小样')], [tagId('618')]);
  expect(answer.json()).toMatchObject({ sync: 'done', pendingTagIds: [] });
  expect(answer.json().tagIds).toContain(tagId('要小样'));
  expect(atWeCom()).toContain(tagId('要小样'));
  expect(atWeCom()).not.toContain(tagId('618'));
});

test('the catalogue has every group in order, and what was used lately comes first', async () => {
  const answer = await app.app.inject({ url: '/api/sidebar/tags', headers: app.cookieOf(guide) });
  const [skin] = answer.json().groups;
  expect([skin.name, skin.tags[0]]).toMatchObject(['肤质', { name: '干皮', pinyin: 'gan pi' }]);
  expect(answer.json().recentTagIds).toEqual([tagId('要小样')]);
});

test('in a single-choice group the other one goes, here and at WeCom', async () => {
  const skin = world().tagGroups.find((group) => group.name === '肤质');
  await setSingleChoice(app.deps.db, skin?.groupId ?? '', true);
  forgetTagCatalogue(app.deps);
  const answer = await change([tagId('油皮')]);
  expect(answer.json().tagIds).not.toContain(tagId('敏感肌'));
  expect(atWeCom()).toContain(tagId('油皮'));
  expect(atWeCom()).not.toContain(tagId('敏感肌'));
});

test('what WeCom refuses is taken back here, with the reason', async () => {
  await fault({ path: '/cgi-bin/externalcontact/mark_tag', errcode: 40068, times: 1 });
  const answer = await change([tagId('美白')]);
  expect([answer.statusCode, answer.json().error]).toMatchObject([
    409,
    { code: 'tag.rejected', details: { reason: '这个标签已经被删掉了' } },
  ]);
  const after = await change([]);
  expect(after.json().tagIds).not.toContain(tagId('美白'));
  expect(after.json().pendingTagIds).toEqual([]);
});

test('when WeCom is slow the tap is answered after 3 s, the tag stands as pending and gets there', async () => {
  await fault({ path: '/cgi-bin/externalcontact/mark_tag', errcode: -1, times: 5 });
  const answer = await change([tagId('补水')]);
  expect(answer.json()).toMatchObject({ sync: 'pending', pendingTagIds: [tagId('补水')] });
  expect(answer.json().tagIds).toContain(tagId('补水'));
  await fetch(`${app.simulator?.url}/_sim/faults`, { method: 'DELETE' });
  app.startWorkers();
  await eventually(async () => atWeCom().includes(tagId('补水')), 15_000);
});

test('a tag that does not exist, and a customer who is not hers to tag', async () => {
  expect((await change(['etNothing'])).json().error.code).toBe('tag.not_found');
  expect((await change([tagId('美白')], [], 'qianduo')).statusCode).toBe(404);
  const manager = await change([tagId('美白')], [], 'lujiaming');
  expect([manager.statusCode, manager.json().error.code]).toEqual([403, 'customer.not_followed']);
});
