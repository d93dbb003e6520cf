import type { Library, MyLibrary, SidebarBoot } from '@nextline/contract';
import { PiniaColada } from '@pinia/colada';
import { createPinia } from 'pinia';
import { afterEach, expect, test, vi } from 'vitest';
import { createApp } from 'vue';
import { bootKey } from '../../boot.ts';
import { toast } from '../../toast.ts';
import { useMyLibrary } from './my-library.ts';
import { useOwnScripts } from './own-scripts.ts';
import type { Row } from './script-search.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
  toast.value = null;
});

test('a deletion that is taken back brings the script back as it was, also for headquarters when they could see it', async () => {
  const writes: [string, unknown][] = [];
  const mine: MyLibrary = { favourites: [], recents: [], shared: ['own'] };
  const library = { version: '1', folders: [], scripts: [] } as unknown as Library;
  vi.stubGlobal('EventSource', undefined);
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (init.method === 'GET') return Response.json(url.endsWith('/mine') ? mine : library);
    writes.push([`${init.method} ${url.split('/').slice(-2).join('/')}`, typeof init.body === 'string' ? JSON.parse(init.body) : null]);
    return url.endsWith('/personal') && init.method === 'PUT'
      ? Response.json({ purpose: 'service', offer: null })
      : new Response(null, { status: 204 });
  });
  const app = createApp({ render: () => null })
    .use(createPinia())
    .use(PiniaColada, {})
    .provide(bootKey, { corpId: 'ww', staff: { userId: 'zhou' }, libraryVersion: '1' } as SidebarBoot);
  const { own, my } = app.runWithContext(() => ({ own: useOwnScripts(), my: useMyLibrary() }));
  await vi.waitFor(() => expect(my.mine.shared).toEqual(['own']));
  const script = { scriptId: 'own', title: '留货', parts: [{ kind: 'text', text: '给您留好了' }], purpose: 'service' };
  await own.remove({ script } as unknown as Row);
  toast.value?.action?.run();
  await vi.waitFor(() => expect(writes).toHaveLength(3));
  expect(writes).toEqual([
    ['DELETE own/personal', null],
    ['PUT own/personal', { title: '留货', text: '给您留好了', purpose: 'service' }],
    ['PUT own/share', { shared: true }],
  ]);
});
