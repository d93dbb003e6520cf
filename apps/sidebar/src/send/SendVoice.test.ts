import type { Panel, SidebarBoot } from '@nextline/contract';
import { PiniaColada, useQueryCache } from '@pinia/colada';
import { createPinia } from 'pinia';
import { afterEach, expect, test, vi } from 'vitest';
import { createApp, nextTick } from 'vue';
import { bootKey } from '../boot.ts';
import { useCurrentCustomer } from '../customer/current-customer.ts';
import { useSending } from './send-script.ts';
import SendVoice from './SendVoice.vue';

afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

const panelOf = (externalUserId: string, remark: string) =>
  ({ customer: { externalUserId, name: externalUserId }, follow: { remark } }) as unknown as Panel;

test('a send to somebody else than the chat shows is spoken of by her name, one to the open chat without', async () => {
  const panels: Record<string, Panel> = { lin: panelOf('lin', '林小姐'), chen: panelOf('chen', '陈太') };
  vi.stubGlobal('fetch', async (url: string) => Response.json(panels[url.split('/').at(-1) ?? '']));
  const root = document.body.appendChild(document.createElement('div'));
  const app = createApp(SendVoice)
    .use(createPinia())
    .use(PiniaColada, {})
    .provide(bootKey, { corpId: 'ww', staff: { userId: 'zhou' } } as SidebarBoot);
  app.mount(root);
  const { current, sending, cache } = app.runWithContext(() => ({
    current: useCurrentCustomer(),
    sending: useSending(),
    cache: useQueryCache(),
  }));
  cache.setQueryData(['panel', 'lin'], panels.lin);
  const body = { sendId: 's', scriptId: 'trial', version: 1, source: { kind: 'library' as const } };
  const part = { n: 1, label: '', state: 'sent' as const, errMsg: null };
  sending.sending = {
    sendId: 's',
    externalUserId: 'lin',
    title: '试用装',
    body,
    phase: 'ended',
    end: 'done',
    parts: [part],
    refusal: null,
  };
  const spokenIn = async (externalUserId: string) => {
    current.where = { kind: 'customer', externalUserId };
    await nextTick();
    return root.textContent.trim();
  };
  expect(await spokenIn('chen')).toBe('发给林小姐的：「试用装」发出去了。');
  expect(await spokenIn('lin')).toBe('「试用装」发出去了。');
  app.unmount();
});
