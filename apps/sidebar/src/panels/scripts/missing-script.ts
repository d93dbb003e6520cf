import { uuidv7 } from '../../uuid.ts';
import { api } from '../../api.ts';

/** Whether a search that is being left says that a script is missing: it found nothing, and is more than a stray letter. */
export function saysMissing(query: string, total: number, reported: ReadonlySet<string>): boolean {
  const words = query.trim();
  return total === 0 && !reported.has(words) && (words.length >= 2 || /\p{Script=Han}/u.test(words));
}

const longestQuery = 200;
const reported = new Set<string>();

/** A search was left: tells the headquarters once when it found nothing. A report that does not get through is not worth the guide's time. */
export function leftSearch(query: string, total: number): void {
  if (!saysMissing(query, total, reported)) return;
  const words = query.trim();
  reported.add(words);
  const body = { requestId: uuidv7(), query: words.slice(0, longestQuery), automatic: true };
  void api('POST /api/sidebar/missing-scripts', { body }).catch(() => reported.delete(words));
}

/** The guide says which script is missing. `requestId` stays the same over retries. Throws as `api` does. */
export async function reportMissing(requestId: string, query: string, wish: string): Promise<void> {
  const words = query.trim();
  const said = wish.trim();
  await api('POST /api/sidebar/missing-scripts', {
    body: { requestId, query: (words || said).slice(0, longestQuery), automatic: false, ...(said === '' ? {} : { wish: said }) },
  });
  reported.add(words);
}
