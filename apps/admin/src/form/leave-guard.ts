import { onScopeDispose } from 'vue';
import { onBeforeRouteLeave } from 'vue-router';
import { confirm } from '../confirm/confirm.ts';
import { defineWords, useWords } from '../i18n/words.ts';

const t = useWords(
  defineWords({
    'zh-CN': { title: '还没有保存', text: '离开这一页，刚才改的就没有了。', verb: '不保存，离开' },
    en: { title: 'Not saved yet', text: 'If you leave this page, your changes are lost.', verb: 'Leave without saving' },
  }),
);

/** So long somebody who goes elsewhere waits for a save that would spare them the question. */
const patienceMs = 1_500;

/** Asks before a page is left while `isDirty` says that something would be lost. Pages that save by themselves `settle` what is still to be saved first. */
export function guardLeaving(isDirty: () => boolean, settle?: () => Promise<unknown>): void {
  const onUnload = (event: BeforeUnloadEvent) => {
    if (isDirty()) event.preventDefault();
  };
  addEventListener('beforeunload', onUnload);
  onScopeDispose(() => removeEventListener('beforeunload', onUnload));
  onBeforeRouteLeave(async () => {
    if (settle && isDirty()) await Promise.race([settle(), new Promise((late) => setTimeout(late, patienceMs))]);
    return !isDirty() || confirm({ title: t('title'), text: t('text'), verb: t('verb'), danger: true });
  });
}
