import type { MyLibrary } from '@nextline/contract';
import { useQuery, useQueryCache } from '@pinia/colada';
import { defineStore } from 'pinia';
import { computed, watch } from 'vue';
import { api, ApiFailure } from '../../api.ts';
import { useBoot } from '../../boot.ts';
import { instantNow } from '../../clock.ts';
import { jsonStore } from '../../page-storage.ts';
import { useSending } from '../../send/send-script.ts';
import { showToast } from '../../toast.ts';

const nothing: MyLibrary = { favourites: [], recents: [], shared: [] };
const key = ['library-mine'];

/** A script moves to the front of the favourites, or out of them. */
export function withFavourite(mine: MyLibrary, scriptId: string, favourite: boolean): MyLibrary {
  const others = mine.favourites.filter((id) => id !== scriptId);
  return { ...mine, favourites: favourite ? [scriptId, ...others] : others };
}

/** A script that was just sent is the most recent one. */
export function withUse(mine: MyLibrary, scriptId: string, usedAt: string): MyLibrary {
  const before = mine.recents.find((recent) => recent.scriptId === scriptId);
  const others = mine.recents.filter((recent) => recent.scriptId !== scriptId);
  return { ...mine, recents: [{ scriptId, usedAt, uses: (before?.uses ?? 0) + 1 }, ...others] };
}

/** One of her own scripts is shown to headquarters, or no more. */
export function withShared(mine: MyLibrary, scriptId: string, shared: boolean): MyLibrary {
  const others = mine.shared.filter((id) => id !== scriptId);
  return { ...mine, shared: shared ? [scriptId, ...others] : others };
}

/** This guide's favourites and recents; the last known ones while offline. */
export const useMyLibrary = defineStore('my-library', () => {
  const { corpId, staff } = useBoot();
  const cache = useQueryCache();
  const sending = useSending();
  const kept = jsonStore<MyLibrary>(`nextline-mine:${corpId}:${staff.userId}`, nothing);
  const query = useQuery<MyLibrary>({
    key,
    query: async () => {
      const mine = await api('GET /api/sidebar/library/mine');
      kept.write(mine);
      return mine;
    },
    placeholderData: () => kept.read(),
    staleTime: 60_000,
    gcTime: false,
  });
  // What an older page kept on this device lacks fields.
  const mine = computed((): MyLibrary => ({ ...nothing, ...query.data.value }));

  const change = (changed: MyLibrary) => {
    cache.setQueryData<MyLibrary>(key, changed);
    kept.write(changed);
  };

  watch(
    () => (sending.sending?.end === 'done' ? sending.sending : null),
    (done) => done && change(withUse(mine.value, done.body.scriptId, instantNow().toISOString())),
  );

  return {
    mine,
    /** Shown at once; taken back, with a sentence, when it could not be stored. */
    async setFavourite(scriptId: string, favourite: boolean) {
      change(withFavourite(mine.value, scriptId, favourite));
      try {
        await api('PUT /api/sidebar/scripts/:scriptId/favourite', { params: { scriptId }, body: { favourite } });
      } catch (error) {
        change(withFavourite(mine.value, scriptId, !favourite));
        const why = error instanceof ApiFailure && error.status !== 0 ? error.message : '网络断了，';
        showToast(favourite ? `${why}没收藏上。` : `${why}没取消掉。`);
      }
    },
    async setShared(scriptId: string, shared: boolean) {
      change(withShared(mine.value, scriptId, shared));
      try {
        await api('PUT /api/sidebar/scripts/:scriptId/share', { params: { scriptId }, body: { shared } });
        showToast(shared ? '总部看得到了，合适的会进公司话术库。' : '收回来了，总部看不到了。');
      } catch (error) {
        change(withShared(mine.value, scriptId, !shared));
        showToast(
          `${error instanceof ApiFailure && error.status !== 0 ? error.message : '网络断了，'}${shared ? '没给出去。' : '没收回来。'}`,
        );
      }
    },
  };
});
