import type { ChangeTagsBody, Panel, TagGroup } from '@nextline/contract';
import { PiniaColada } from '@pinia/colada';
import { createPinia } from 'pinia';
import { afterEach, expect, test, vi } from 'vitest';
import { createApp, effectScope } from 'vue';
import { useCurrentCustomer } from '../customer/current-customer.ts';
import { toast } from '../toast.ts';
import { useTagEdits } from './use-tag-edits.ts';

const care: TagGroup = {
  groupId: 'care',
  name: '在意什么',
  singleChoice: false,
  tags: [{ tagId: 'white', name: '美白', pinyin: 'meibai' }],
};
const catalogue = { groups: [care], recentTagIds: [] };
const panel = {
  customer: { externalUserId: 'lin', name: 'Linda' },
  follow: { remark: '林小姐', tagIds: [], pendingTagIds: [] },
  tags: [],
} as unknown as Panel;

/** The sheet of one customer's tags, and a server in our hands. */
function openSheet(answer: (body: ChangeTagsBody) => Promise<Response>, hers = panel) {
  const asked: [string, ChangeTagsBody][] = [];
  const read = { panels: 0 };
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (init.method === 'GET') {
      read.panels += 1;
      return Response.json(hers);
    }
    const body: ChangeTagsBody = JSON.parse(String(init.body));
    asked.push([url, body]);
    return answer(body);
  });
  const app = createApp({ render: () => null })
    .use(createPinia())
    .use(PiniaColada, {});
  const sheet = effectScope();
  const { edits, current } = app.runWithContext(() => {
    const known = useCurrentCustomer();
    return { edits: sheet.run(() => useTagEdits(hers, () => catalogue))!, current: known };
  });
  return { asked, read, sheet, edits, current };
}

afterEach(() => {
  vi.unstubAllGlobals();
  toast.value = null;
});

test('a tag that could not be saved behind the closed sheet is said, and saved again when that is wanted', async () => {
  const { promise: waits, reject: fail } = Promise.withResolvers<Response>();
  const answers = [waits, Promise.resolve(Response.json({ tagIds: ['white'], pendingTagIds: [] }))];
  const { asked, sheet, edits, current } = openSheet(() => answers.shift() ?? Promise.reject(new TypeError('network')));
  current.where = { kind: 'customer', externalUserId: 'lin' };
  edits.tap('white', care);
  sheet.stop();
  fail(new TypeError('network'));
  await vi.waitFor(() => expect(toast.value?.text).toBe('「美白」没存上。'));
  toast.value?.action?.run();
  await vi.waitFor(() => expect(edits.look('white')).toBe('on'));
  const wanted = ['/api/sidebar/customers/lin/tags', { add: ['white'], remove: [] }];
  expect(asked).toEqual([wanted, wanted]);
});

test('in another chat it says whose tag that was; with the sheet open its chip says it', async () => {
  const elsewhere = openSheet(() => Promise.reject(new TypeError('network')));
  elsewhere.edits.tap('white', care);
  elsewhere.sheet.stop();
  await vi.waitFor(() => expect(toast.value?.text).toBe('林小姐的「美白」没存上。'));

  toast.value = null;
  const open = openSheet(() => Promise.reject(new TypeError('network')));
  open.edits.tap('white', care);
  await vi.waitFor(() => expect(open.edits.look('white')).toBe('failed'));
  expect(toast.value).toBeNull();
});

const stores = (body: ChangeTagsBody) => Promise.resolve(Response.json({ tagIds: body.add, pendingTagIds: [] }));

test('a tag that nobody can name is neither drawn nor counted, and stays hers', async () => {
  const hers = { ...panel, follow: { ...panel.follow, tagIds: ['gone'] } };
  const { edits, current } = openSheet(() => new Promise(() => undefined), hers);
  current.where = { kind: 'customer', externalUserId: 'lin' };
  await vi.waitFor(() => expect(current.panel).toBeDefined());
  edits.tap('white', care);
  expect(current.panel?.tags).toEqual([{ tagId: 'white', name: '美白' }]);
  expect(current.panel?.follow.tagIds).toEqual(['gone', 'white']);
  expect(edits.count.value).toBe(1);
});

test('what to say is asked anew when the sheet is closed over changed tags, and not before, and not without a change', async () => {
  const { edits, sheet, current, read } = openSheet(stores);
  current.where = { kind: 'customer', externalUserId: 'lin' };
  await vi.waitFor(() => expect(current.panel).toBeDefined());
  edits.tap('white', care);
  await vi.waitFor(() => expect(edits.look('white')).toBe('on'));
  expect(read.panels).toBe(1);
  sheet.stop();
  await vi.waitFor(() => expect(read.panels).toBe(2));
  await vi.waitFor(() => expect(current.loading).toBe(false));

  const looked = openSheet(stores);
  looked.current.where = { kind: 'customer', externalUserId: 'lin' };
  await vi.waitFor(() => expect(looked.current.panel).toBeDefined());
  looked.sheet.stop();
  await Promise.resolve();
  expect(looked.read.panels).toBe(1);
});

test('a refusal says why in the words of whoever refused; without an answer there is only the next try', async () => {
  const error = { code: 'tag.rejected', message: '企业微信没有收下这个标签：这个标签已经被删掉了' };
  const answers = [() => Response.json({ error }, { status: 409 })];
  const { edits } = openSheet(async () => {
    const answer = answers.shift();
    if (!answer) throw new TypeError('network');
    return answer();
  });
  edits.tap('white', care);
  await vi.waitFor(() => expect(edits.sentence.value).toBe('「美白」没存上。企业微信没有收下这个标签：这个标签已经被删掉了'));
  edits.tap('white', care);
  await vi.waitFor(() => expect(edits.sentence.value).toBe('「美白」没存上，点一下重试。'));
});
