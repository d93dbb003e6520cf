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
function openSheet(answer: (body: ChangeTagsBody) => Promise<Response>) {
  const asked: [string, ChangeTagsBody][] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (init.method === 'GET') return Response.json(panel);
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
    return { edits: sheet.run(() => useTagEdits(panel, () => catalogue))!, current: known };
  });
  return { asked, sheet, edits, current };
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
