import { ref, watchEffect } from 'vue';

export const locales = ['zh-CN', 'en'] as const;
export type Locale = (typeof locales)[number];

const key = 'nextline-console-locale';
const kept = localStorage.getItem(key);

/** Chinese until somebody chooses otherwise: so are the scripts and the customers. */
export const locale = ref<Locale>(kept === 'en' ? 'en' : 'zh-CN');

/** Where a link or an address is followed, no call of ours says the language: a download, a page that comes before this one. Not the sidebar's, which is Chinese. */
const followed = ['/admin', '/api/admin', '/auth'];
const yearSeconds = 365 * 86_400;

watchEffect(() => {
  localStorage.setItem(key, locale.value);
  for (const path of followed) document.cookie = `nextline_language=${locale.value}; path=${path}; max-age=${yearSeconds}; samesite=lax`;
  document.documentElement.lang = locale.value;
});
