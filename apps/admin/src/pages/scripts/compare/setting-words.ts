import type { ScriptContent, ScriptFolder } from '@nextline/contract';
import { listed } from '../../../i18n/listed.ts';
import { useWords } from '../../../i18n/words.ts';
import { instantDayLabel } from '../day-label.ts';
import { monthName } from '../month-name.ts';
import type { ScriptChoices } from '../script-choices.ts';
import { words as scriptWords } from '../words.ts';
import type { SettingWords } from './content-diff.ts';
import { words } from './words.ts';

type Names = Pick<ScriptChoices, 'stages' | 'tagGroups' | 'stores' | 'guides'>;

/** Says the settings of a content in words, for reading two of them side by side. */
export function settingWordsFor(names: Names, folders: readonly ScriptFolder[]): SettingWords {
  const t = useWords(words);
  const s = useWords(scriptWords);
  const tags = new Map(names.tagGroups.value.flatMap((group) => group.tags.map((tag) => [tag.tagId, tag.name] as const)));

  function audience({ audience: who }: ScriptContent): string {
    if (who.kind === 'company') return s('everyStore');
    if (who.kind === 'personal') {
      const owner = names.guides.value.find(({ staffUserId }) => staffUserId === who.ownerUserId);
      return `${s('onlyOne')} ${owner?.name ?? who.ownerUserId}`;
    }
    return listed(who.storeIds.map((id) => names.stores.value.find(({ storeId }) => storeId === id)?.name ?? id));
  }
  function validity({ validFrom, validUntil }: ScriptContent): string {
    if (validFrom && validUntil) return s('between', { from: instantDayLabel(validFrom), until: instantDayLabel(validUntil) });
    if (validFrom) return s('from', { day: instantDayLabel(validFrom) });
    return validUntil ? s('until', { day: instantDayLabel(validUntil) }) : s('always');
  }
  function timing({ fit }: ScriptContent): string {
    const span = (key: 'afterFollow' | 'afterOrder', days: readonly [number, number] | null) =>
      days ? [t(key, { from: days[0], to: days[1] })] : [];
    const silent = fit.silentDays === null ? [] : [t('silent', { n: fit.silentDays })];
    const bought = fit.orderItems.length === 0 ? [] : [t('bought', { items: fit.orderItems.join(' / ') })];
    return listed([...span('afterFollow', fit.daysSinceFollow), ...span('afterOrder', fit.daysSinceOrder), ...bought, ...silent]);
  }

  return (content) => ({
    title: content.title,
    folder: folders.find(({ folderId }) => folderId === content.folderId)?.name ?? content.folderId,
    keywords: listed(content.keywords),
    purpose: s(content.purpose),
    audience: audience(content),
    stages: listed(content.fit.stageIds.map((id) => names.stages.value.find(({ stageId }) => stageId === id)?.name ?? t('someStage'))),
    tags: listed(content.fit.tagIds.map((id) => tags.get(id) ?? id)),
    season: listed(content.fit.season.map(monthName)),
    answers: listed(content.fit.answers),
    timing: timing(content),
    validity: validity(content),
    defaults: listed(Object.entries(content.defaults).map(([name, word]) => `{${name}} ${word}`)),
  });
}
