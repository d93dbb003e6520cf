import { ref, watchEffect } from 'vue';

export const locales = ['zh-CN', 'en'] as const;
export type Locale = (typeof locales)[number];

const key = 'nextline-console-locale';
const kept = localStorage.getItem(key);

/** Chinese until somebody chooses otherwise: so are the scripts and the customers. */
export const locale = ref<Locale>(kept === 'en' ? 'en' : 'zh-CN');

watchEffect(() => {
  localStorage.setItem(key, locale.value);
  document.documentElement.lang = locale.value;
});
