import type { Queryable } from '../../../apps/server/src/database.ts';
import { scriptFavourites, scriptUses } from '../../../apps/server/src/scripts/scripts.table.ts';
import { daysAfter } from './days.ts';
import { firstGuide } from './first-guide.ts';
import type { TouchRow } from './life.ts';
import { lot } from './lots.ts';

/** What guides like to keep at hand. */
const liked = [
  'skin.season-redness',
  'skin.sunscreen-over-serum',
  'launch.sample-pickup',
  'care.serum-week',
  'member.points-what',
  'skin.cream-with-serum',
  'care.before-empty',
  'service.where-parcel',
  'welcome.first-hello',
  'care.serum-film',
];
const likedByFirstGuide = 5;

function usesIn(touches: readonly TouchRow[]): { staffUserId: string; scriptId: string; uses: number; lastUsedAt: Date }[] {
  const uses = new Map<string, { staffUserId: string; scriptId: string; uses: number; lastUsedAt: Date }>();
  for (const { staffUserId, scriptId, touchedAt } of touches) {
    if (staffUserId === null || scriptId === null) continue;
    const key = `${staffUserId} ${scriptId}`;
    const known = uses.get(key) ?? { staffUserId, scriptId, uses: 0, lastUsedAt: touchedAt };
    uses.set(key, { ...known, uses: known.uses + 1, lastUsedAt: known.lastUsedAt > touchedAt ? known.lastUsedAt : touchedAt });
  }
  return [...uses.values()];
}

/** How often each guide used which script, as the touches tell, and what each has starred. */
export async function writeGuideHabits(tx: Queryable, corpId: string, touches: readonly TouchRow[], now: Date): Promise<void> {
  const uses = usesIn(touches);
  if (uses.length === 0) return;
  await tx.insert(scriptUses).values(uses.map((use) => ({ corpId, ...use })));
  const guides = [...new Set(uses.map(({ staffUserId }) => staffUserId))];
  const favourites = guides.flatMap((staffUserId) =>
    liked
      .filter((scriptId, n) => (staffUserId === firstGuide ? n < likedByFirstGuide : lot(staffUserId, scriptId) < 0.4))
      .map((scriptId, n) => ({ corpId, staffUserId, scriptId, markedAt: daysAfter(now, -20 - n) })),
  );
  if (favourites.length > 0) await tx.insert(scriptFavourites).values(favourites);
}
