import { api } from '../api.ts';
import { setBoot } from '../boot.ts';
import { signInNeeded } from '../sign-in/session.ts';

const everyMs = 60_000;

/** Asks again what the frame shows: scripts in review, the last sync, permissions. Call it after a step that changes one of them. */
export async function askBootAgain(): Promise<void> {
  setBoot(await api('GET /api/admin/me'));
}

function askWhileSeen(): void {
  // What fails here shows nowhere else: the next round asks again.
  if (document.visibilityState === 'visible' && !signInNeeded.value) askBootAgain().catch(() => undefined);
}

/** Keeps the frame fresh while somebody looks. Answers what ends it. */
export function refreshBoot(): () => void {
  const timer = setInterval(askWhileSeen, everyMs);
  document.addEventListener('visibilitychange', askWhileSeen);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', askWhileSeen);
  };
}
