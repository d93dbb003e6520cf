import { api } from '../api.ts';
import { may } from '../boot.ts';
import { words as frameWords } from '../frame/words.ts';
import { alsoCalled } from '../i18n/listed.ts';
import { locale } from '../i18n/locale.ts';
import type { IconName } from '../icons/paths.ts';
import { menu, type MenuEntry } from '../menu.ts';

export type Target = { id: string; group: 'pages' | 'scripts' | 'customers'; icon: IconName; title: string; aside: string; to: string };

const atMost = 6;
const entries = () => menu.flat().filter(({ needs }) => may(needs));
const has = (path: string) => entries().some(({ to }) => to === path);

const namesOf = ({ title, to }: MenuEntry) => [frameWords['zh-CN'][title], frameWords.en[title], to];

/** Pages whose name holds what was typed, in either language; all of them when nothing was. */
export function pagesFor(typed: string): Target[] {
  const wanted = typed.trim().toLowerCase();
  return entries()
    .filter((entry) => namesOf(entry).some((name) => name.toLowerCase().includes(wanted)))
    .map(({ to, icon, title }) => ({ id: `page ${to}`, group: 'pages', icon, title: frameWords[locale.value][title], aside: '', to }));
}

/** Scripts by title in Chinese, pinyin or initials; customers by name or remark. Only nouns that this person may see. */
export async function searchTargets(typed: string, signal: AbortSignal): Promise<Target[]> {
  const q = typed.trim();
  const [scripts, customers] = await Promise.all([
    has('/scripts') ? api('GET /api/admin/scripts', { query: { q, limit: atMost }, signal }) : null,
    has('/customers') ? api('GET /api/admin/customers', { query: { filter: JSON.stringify({ q }), limit: atMost }, signal }) : null,
  ]);
  return [
    ...(scripts?.scripts ?? []).map(({ scriptId, title, excerpt }): Target => ({
      id: `script ${scriptId}`,
      group: 'scripts',
      icon: 'book',
      title,
      aside: excerpt,
      to: `/scripts/${encodeURIComponent(scriptId)}`,
    })),
    ...(customers?.customers ?? []).map(({ externalUserId, name, remark, guides }): Target => ({
      id: `customer ${externalUserId}`,
      group: 'customers',
      icon: 'person',
      title: remark === '' || remark === name ? name : alsoCalled(remark, name),
      aside: guides[0]?.name ?? '',
      to: `/customers/${encodeURIComponent(externalUserId)}`,
    })),
  ];
}
