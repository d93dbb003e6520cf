import { computed, onScopeDispose, ref, watch, type ComputedRef } from 'vue';
import { post } from '../api.ts';
import { useLive } from '../live.ts';
import { useResource } from '../resource.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
export const steps = [
  { label: '+1 小时', ms: HOUR },
  { label: '+1 天', ms: 24 * HOUR },
];

/**
 * WeCom's clock on this page: asked once, ticking by itself, asked again whenever somebody moves it. To the minute: nothing here is said to the second, and
 * everything that says a time is drawn anew when it moves.
 */
export function useClock(): { now: ComputedRef<number>; moved: ComputedRef<boolean>; advance: (ms: number) => Promise<void> } {
  const clock = useResource<{ now: string; offset_ms: number }>(() => '/_sim/clock');
  useLive(['clock', 'reset'], () => void clock.refresh());

  const browser = ref(Date.now());
  const ahead = ref(0);
  watch(clock.data, (told) => {
    browser.value = Date.now();
    if (told) ahead.value = Date.parse(told.now) - browser.value;
  });
  const ticking = setInterval(() => (browser.value = Date.now()), 1000);
  onScopeDispose(() => clearInterval(ticking));

  async function advance(ms: number): Promise<void> {
    await post('/_sim/clock', { advance_ms: ms });
    await clock.refresh();
  }
  return {
    now: computed(() => Math.floor((browser.value + ahead.value) / MINUTE) * MINUTE),
    moved: computed(() => (clock.data.value?.offset_ms ?? 0) !== 0),
    advance,
  };
}
