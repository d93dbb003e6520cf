import { afterEach, expect, test, vi } from 'vitest';
import { createApp, type App } from 'vue';
import ModalDialog from './ModalDialog.vue';

let mounted: App | null = null;
afterEach(() => {
  mounted?.unmount();
  document.body.replaceChildren();
});

const esc = (how: KeyboardEventInit) =>
  document.querySelector('[role="dialog"]')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, ...how }));

test('Esc closes, but not the Esc that lets go of the letters of an input method', () => {
  const onClose = vi.fn<() => void>();
  mounted = createApp(ModalDialog, { title: '新建文件夹', onClose });
  mounted.mount(document.body.appendChild(document.createElement('div')));
  esc({ isComposing: true });
  esc({ keyCode: 229 });
  expect(onClose).not.toHaveBeenCalled();
  esc({});
  expect(onClose).toHaveBeenCalledOnce();
});
