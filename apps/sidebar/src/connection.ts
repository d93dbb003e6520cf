import { ref } from 'vue';

/** What the browser says about the network. */
export const online = ref(navigator.onLine);

addEventListener('online', () => (online.value = true));
addEventListener('offline', () => (online.value = false));
