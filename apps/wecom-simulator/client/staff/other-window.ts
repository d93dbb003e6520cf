import { onScopeDispose, ref, type Ref } from 'vue';

/**
 * One browser holds one login: the guide chosen last, in whichever window, is who the sidebar's next page belongs to.
 * Tells the other windows about a change, and names the guide another window has changed to.
 */
export function useOtherWindow(staff: () => string): { changedTo: Ref<string | null>; announce: () => void } {
  const channel = new BroadcastChannel('wecom-simulator-staff');
  const changedTo = ref<string | null>(null);
  channel.addEventListener('message', ({ data }) => {
    if (typeof data === 'string') changedTo.value = data === staff() ? null : data;
  });
  onScopeDispose(() => channel.close());

  function announce(): void {
    changedTo.value = null;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is windows; a channel never leaves its origin
    channel.postMessage(staff());
  }
  return { changedTo, announce };
}
