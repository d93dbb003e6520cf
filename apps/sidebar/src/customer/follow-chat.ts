import { onBeforeUnmount, onMounted } from 'vue';

/**
 * Asks who the chat is with whenever the guide may have changed it: the page comes back, gets the focus, or the pointer enters it
 * (on a PC a click on another chat takes the focus away without hiding the page).
 */
export function followChat(ask: () => void): void {
  const onVisible = () => {
    if (document.visibilityState === 'visible') ask();
  };
  onMounted(() => {
    ask();
    addEventListener('focus', ask);
    addEventListener('pageshow', ask);
    document.addEventListener('visibilitychange', onVisible);
    document.documentElement.addEventListener('pointerenter', ask);
  });
  onBeforeUnmount(() => {
    removeEventListener('focus', ask);
    removeEventListener('pageshow', ask);
    document.removeEventListener('visibilitychange', onVisible);
    document.documentElement.removeEventListener('pointerenter', ask);
  });
}
