import { afterEach, expect, test } from 'vitest';
import { createApp, type App, h } from 'vue';
import { createMemoryHistory, createRouter, RouterView } from 'vue-router';
import { question } from '../confirm/confirm.ts';
import { guardLeaving } from './leave-guard.ts';

let mounted: App | null = null;
afterEach(() => mounted?.unmount());

/** A page that somebody types on, and the way out of it. */
async function open(isDirty: () => boolean, settle?: () => Promise<unknown>) {
  const page = {
    setup() {
      guardLeaving(isDirty, settle);
      return () => null;
    },
  };
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: page },
      { path: '/elsewhere', component: { render: () => null } },
    ],
  });
  mounted = createApp({ render: () => h(RouterView) }).use(router);
  await router.push('/');
  mounted.mount(document.body.appendChild(document.createElement('div')));
  return router;
}

test('who leaves before a page has saved by itself waits for that, and is asked only when it fails', async () => {
  let dirty = true;
  const saved = await open(
    () => dirty,
    async () => {
      await Promise.resolve();
      dirty = false;
    },
  );
  await saved.push('/elsewhere');
  expect([saved.currentRoute.value.path, question.value]).toEqual(['/elsewhere', null]);

  dirty = true;
  const refused = await open(
    () => dirty,
    () => Promise.resolve(),
  );
  const leaving = refused.push('/elsewhere');
  await expect.poll(() => question.value?.title).toBe('还没有保存');
  question.value?.answer(false);
  await leaving;
  expect(refused.currentRoute.value.path).toBe('/');
});
