import type { Panel } from '@nextline/contract';
import { PiniaColada } from '@pinia/colada';
import { createPinia } from 'pinia';
import { afterEach, expect, test, vi } from 'vitest';
import { createApp, nextTick, type App } from 'vue';
import { toast } from '../toast.ts';
import MenuSheet from './MenuSheet.vue';

const panelOf = (externalUserId: string) =>
  ({ customer: { externalUserId, name: '林小姐', optedOutAt: null }, follow: { remark: '' } }) as unknown as Panel;

let mounted: App | null = null;

/** The ⋯ menu of one customer, with 写备注 tapped. */
async function writeNote(externalUserId: string) {
  mounted?.unmount();
  const onClose = vi.fn<() => void>();
  const root = document.body.appendChild(document.createElement('div'));
  mounted = createApp(MenuSheet, { panel: panelOf(externalUserId), onClose })
    .use(createPinia())
    .use(PiniaColada, {});
  mounted.mount(root);
  const press = async (name: string) => {
    [...root.querySelectorAll('button')].find((button) => button.textContent.includes(name))?.click();
    await nextTick();
  };
  await press('写备注');
  const field = root.querySelector('textarea');
  if (!field) throw new Error('there is no field');
  return {
    root,
    field,
    onClose,
    press,
    async type(text: string) {
      field.value = text;
      field.dispatchEvent(new Event('input'));
      await nextTick();
    },
    async save() {
      root.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
      await nextTick();
    },
  };
}

function answerNotes(...answers: (() => Response)[]) {
  const asked: { noteId: string; text: string }[] = [];
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    asked.push(JSON.parse(String(init.body)));
    return (answers.shift() ?? (() => Response.json({})))();
  });
  return asked;
}
const noAnswer = () => {
  throw new TypeError('network');
};

afterEach(() => {
  mounted?.unmount();
  mounted = null;
  document.body.replaceChildren();
  sessionStorage.clear();
  vi.unstubAllGlobals();
  toast.value = null;
});

test('a note that was improved after a lost answer is another note, so that the server does not ignore it', async () => {
  const asked = answerNotes(noAnswer);
  const { type, save, root, onClose } = await writeNote('lost');
  await type('在意价格');
  await save();
  await vi.waitFor(() => expect(root.textContent).toContain('网络断了。没存上，写的还在。'));
  await type('在意价格，月底发工资');
  await save();
  await vi.waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(asked.map(({ text }) => text)).toEqual(['在意价格', '在意价格，月底发工资']);
  expect(asked[1]?.noteId).not.toBe(asked[0]?.noteId);
  expect(toast.value?.text).toBe('备注记在轨迹里了。');
});

test('what was typed is there again when the sheet was closed, for her and for nobody else', async () => {
  const first = await writeNote('kept');
  await first.type('下周带妈妈来');
  const other = await writeNote('other');
  expect(other.field.value).toBe('');
  const again = await writeNote('kept');
  expect(again.field.value).toBe('下周带妈妈来');
  answerNotes();
  await again.save();
  await vi.waitFor(() => expect(again.onClose).toHaveBeenCalled());
  expect((await writeNote('kept')).field.value).toBe('');
});

test('a note that could not be stored behind the closed sheet is said', async () => {
  const { promise: answer, reject: fail } = Promise.withResolvers<Response>();
  vi.stubGlobal('fetch', () => answer);
  const { type, save } = await writeNote('closed');
  await type('在意价格');
  await save();
  mounted?.unmount();
  fail(new TypeError('network'));
  await vi.waitFor(() => expect(toast.value?.text).toBe('网络断了。没存上，写的还在。'));
});

test('Esc that lets go of the letters of an input method leaves the sheet open', async () => {
  const { field, onClose } = await writeNote('pinyin');
  const esc = (how: KeyboardEventInit) => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, ...how }));
  esc({ isComposing: true });
  esc({ keyCode: 229 });
  expect(onClose).not.toHaveBeenCalled();
  esc({});
  expect(onClose).toHaveBeenCalledOnce();
});
