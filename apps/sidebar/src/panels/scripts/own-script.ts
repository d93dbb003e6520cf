import type { PersonalWritten, Purpose, Script } from '@nextline/contract';
import { api, ApiFailure } from '../../api.ts';
import { jsonStore } from '../../page-storage.ts';
import { uuidv7 } from '../../uuid.ts';

/** A script of the guide's own as she is writing it. One id from the first letter on: a second try after a lost answer writes the same script. */
export type OwnDraft = { scriptId: string; title: string; text: string; purpose: Purpose };

export const longestTitle = 100;
export const longestText = 1333; // Han characters, of WeCom's 4,000 bytes

/** What is written in the library for her variables to choose from. */
export const ownVariables = ['客户称呼', '导购姓名', '门店', '上次购买'] as const;

const textOf = ({ parts }: Script): string => {
  const first = parts[0];
  return first?.kind === 'text' ? first.text : '';
};

/** One of hers that this page can change: its first message is words. */
export const isOwn = (script: Script): boolean => script.scope === 'personal' && script.parts[0]?.kind === 'text';

/** The beginnings of the first sentence, when she gave no title: it is only there to be found by. */
export const titleFor = ({ title, text }: Pick<OwnDraft, 'title' | 'text'>): string =>
  title.trim() || [...(text.trim().split(/[\n。！？!?]/)[0] ?? '')].slice(0, 24).join('') || text.trim().slice(0, 24);

const keptNew = () => jsonStore<OwnDraft | null>('nextline-own-script', null, sessionStorage);

/** A new one is kept while it is not stored, through a closed sheet and a reload; what exists is changed from what it says now. */
export function draftFor(script: Script | null): { read(): OwnDraft; keep(draft: OwnDraft): void; forget(): void } {
  const store = keptNew();
  return {
    read: () =>
      script === null
        ? { scriptId: uuidv7(), title: '', text: '', purpose: 'marketing', ...store.read() }
        : { scriptId: script.scriptId, title: script.title, text: textOf(script), purpose: script.purpose },
    keep: (draft) => script === null && store.write(draft),
    forget: () => script === null && store.write(null),
  };
}

/** `refusal`: the sentence for whoever could not store it. `note`: what is worth knowing about one that was stored. */
export async function writeOwn(draft: OwnDraft): Promise<{ refusal: string | null; note: string | null }> {
  let note: string | null = null;
  const refusal = await said(async () => {
    const written = await api('PUT /api/sidebar/scripts/:scriptId/personal', {
      params: { scriptId: draft.scriptId },
      body: { title: titleFor(draft), text: draft.text.trim(), purpose: draft.purpose },
    });
    note = noteOn(written, draft.purpose);
  });
  return { refusal, note };
}

/** She called it service, and it counts as marketing all the same. */
export const noteOn = ({ purpose, offer }: PersonalWritten, called: Purpose): string | null =>
  purpose === called || offer === null ? null : `存下了。里面有「${offer}」，按营销算，占触达次数。`;

export const removeOwn = (scriptId: string): Promise<string | null> =>
  said(() => api('DELETE /api/sidebar/scripts/:scriptId/personal', { params: { scriptId } }));

async function said(call: () => Promise<unknown>): Promise<string | null> {
  try {
    await call();
    return null;
  } catch (error) {
    if (!(error instanceof ApiFailure) || error.status === 0) return '网络断了，写的还在，联网后再点一次。';
    const issues = error.details['issues'];
    const first: unknown = Array.isArray(issues) ? issues[0] : null;
    return first !== null && typeof first === 'object' && 'message' in first ? String(first.message) : error.message;
  }
}
