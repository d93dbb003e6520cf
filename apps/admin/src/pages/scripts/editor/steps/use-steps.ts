import type { ScriptForEditing } from '@nextline/contract';
import { useQueryCache } from '@pinia/colada';
import { computed, ref } from 'vue';
import { useRouter } from 'vue-router';
import { ApiFailure } from '../../../../api-failure.ts';
import { api } from '../../../../api.ts';
import { may, useBoot } from '../../../../boot.ts';
import { confirm } from '../../../../confirm/confirm.ts';
import { askBootAgain } from '../../../../frame/refresh-boot.ts';
import { useWords } from '../../../../i18n/words.ts';
import { showToast } from '../../../../toast/toast.ts';
import type { Editor } from '../use-editor.ts';
import { words } from '../words.ts';

type Step = 'submit' | 'approve' | 'publish' | 'withdraw' | 'retire' | 'discard' | 'promote';

/** What can be done with the script as it stands, and doing it: everything typed is stored first, so that what was read is what goes on. */
export function useSteps(editor: Editor, scriptId: string) {
  const t = useWords(words);
  const router = useRouter();
  const cache = useQueryCache();
  const working = ref(false);
  const { script, autosave } = editor;

  const status = computed(() => script.value?.status ?? 'draft');
  const hasDraft = computed(() => script.value === null || script.value.publishedVersion !== script.value.version);
  /** Another's personal script is hers: it can be read, and adopted as a script of the company. */
  const isAnothers = computed(() => {
    const audience = script.value?.content.audience;
    return audience?.kind === 'personal' && audience.ownerUserId !== useBoot().staff.userId;
  });
  const offers = computed(() => {
    const writes = script.value?.mayWrite ?? may('scripts.write');
    const mayGoOn = writes && hasDraft.value && (status.value === 'draft' || status.value === 'retired');
    const needsReview = script.value?.needsReview ?? true;
    const isOnline = script.value !== null && script.value.publishedVersion !== null && status.value !== 'retired';
    return {
      edit: writes && status.value !== 'review',
      submit: mayGoOn && needsReview,
      publish: mayGoOn && !needsReview,
      review: status.value === 'review' && (script.value?.mayReview ?? false),
      withdraw: writes && status.value === 'review',
      retire: writes && isOnline,
      publishAgain: writes && status.value === 'retired' && !hasDraft.value,
      discard: writes && script.value !== null && hasDraft.value && status.value !== 'review',
      promote: may('scripts.review') && isAnothers.value,
    };
  });

  async function attempt(
    ask: (revision: number) => Promise<ScriptForEditing | undefined>,
    said: string,
    takeBack?: () => void,
  ): Promise<boolean> {
    working.value = true;
    try {
      if (offers.value.edit && !(await autosave.settled())) return false;
      const answer = await ask(script.value?.revision ?? 0);
      if (answer?.scriptId === scriptId) editor.show(answer);
      else if (answer) await router.push(`/scripts/${encodeURIComponent(answer.scriptId)}`);
      showToast(said, takeBack && { label: t('undo'), run: takeBack });
      // Done is done, also when nobody answers how things stand now.
      await Promise.allSettled([cache.invalidateQueries({ key: ['scripts'] }), askBootAgain()]);
      return true;
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      showToast(error.message);
      // What was refused because somebody else had done something is shown as it stands now.
      if (error.code === 'script.changed_meanwhile' || error.code === 'script.wrong_state') await editor.load();
      return false;
    } finally {
      working.value = false;
    }
  }
  const take = (step: Step, said: string) =>
    attempt((revision) => api(`POST /api/admin/scripts/:scriptId/${step}`, { params: { scriptId }, body: { revision } }), said);

  return {
    working,
    offers,
    hasDraft,
    submit: () => take('submit', t('submitted')),
    publish: () => take('publish', t('publishedNow')),
    approve: () => take('approve', t('approvedNow')),
    withdraw: () => take('withdraw', t('withdrawnNow')),
    promote: () => take('promote', t('promotedNow')),
    reject: (reason: string) =>
      attempt(
        (revision) => api('POST /api/admin/scripts/:scriptId/reject', { params: { scriptId }, body: { revision, reason } }),
        t('rejectedNow'),
      ),
    restore(version: number): Promise<boolean> {
      // What was written and never published is nowhere else.
      const unpublished = hasDraft.value ? autosave.content.value : null;
      return attempt(
        (revision) => api('POST /api/admin/scripts/:scriptId/restore', { params: { scriptId }, body: { revision, version } }),
        t('restoredNow', { n: version }),
        unpublished ? () => autosave.type(unpublished) : undefined,
      );
    },
    async retire(): Promise<void> {
      if (await confirm({ title: t('retireTitle'), text: t('retireText'), verb: t('retire') })) await take('retire', t('retiredNow'));
    },
    async discard(): Promise<void> {
      const back = script.value?.publishedVersion ?? null;
      const question =
        back === null
          ? { title: t('deleteTitle'), text: t('deleteText'), verb: t('delete'), danger: true }
          : { title: t('discardTitle'), text: t('discardText', { n: back }), verb: t('discard'), danger: true };
      if (!(await confirm(question))) return;
      if (back !== null) await take('discard', t('discardedNow', { n: back }));
      else if (
        await attempt(async (revision) => {
          await api('POST /api/admin/scripts/:scriptId/discard', { params: { scriptId }, body: { revision } });
          autosave.forget();
          return undefined;
        }, t('delete'))
      )
        await router.push('/scripts');
    },
  };
}

export type Steps = ReturnType<typeof useSteps>;
