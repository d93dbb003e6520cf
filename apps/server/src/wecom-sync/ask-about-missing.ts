import { type CustomerWithFollows, WeComError } from '@nextline/wecom';
import { presenceOf } from './directory.store.ts';
import { endOfUnlisted } from './relation-unlisted.ts';
import { storeCustomers, storeEndOfFollow } from './store-customer.ts';
import { advance, type SyncDeps, type SyncStep } from './sync-step.ts';
import { type CustomerInDoubt, customersNotSeenSince } from './unseen-relations.store.ts';
import type { WhyEmpty } from './why-empty.ts';

/** Customers per step: so much is asked again when a step fails. */
const perStep = 20;
/** WeCom refuses more calls at once to one API of a corp with 45033. */
const atOnce = 5;

/** `state` null: nobody whom the app may see follows her. `unreadable`: WeCom would not say. */
type Look = CustomerInDoubt & { asOf: Date } & ({ state: CustomerWithFollows | null } | { unreadable: string });

async function look({ wecom, clock }: SyncDeps, inDoubt: CustomerInDoubt): Promise<Look> {
  const asOf = clock.now();
  try {
    return { ...inDoubt, asOf, state: await wecom.customer(inDoubt.externalUserId) };
  } catch (error) {
    if (!(error instanceof WeComError) || error.errcode === null) throw error;
    if (error.errcode === 84061) return { ...inDoubt, asOf, state: null };
    // One customer who cannot be read must not keep the run from ending; anything that concerns all of them ends this step.
    if (error.kind === 'caller' || error.kind === 'unknown') return { ...inDoubt, asOf, unreadable: `${error.errcode} ${error.errmsg}` };
    throw error;
  }
}

async function lookAtAll(deps: SyncDeps, inDoubt: CustomerInDoubt[]): Promise<Look[]> {
  const looks: Look[] = [];
  for (let from = 0; from < inDoubt.length; from += atOnce)
    looks.push(...(await Promise.all(inDoubt.slice(from, from + atOnce).map((customer) => look(deps, customer)))));
  return looks;
}

/**
 * The relations that are alive in our store and were in none of WeCom's lists of this run. Her own answer decides, relation by relation; no
 * answer decides nothing. Who may have customers is asked after the looks: somebody hidden from the app in between is not taken for gone.
 */
export async function askAboutMissing(step: SyncStep): Promise<void> {
  const { deps, run } = step;
  const { corpId } = deps.config.wecom;
  const inDoubt = await customersNotSeenSince(deps.db, { since: run.startedAt, after: run.position.cursor, limit: perStep });
  if (inDoubt.length === 0) return advance(step, async () => ({ phase: 'done', finishedAt: deps.clock.now() }));
  const looks = await lookAtAll(deps, inDoubt);
  const following = new Set(await deps.wecom.followUsers());

  await advance(step, async (tx) => {
    const answered = looks.flatMap((one) => ('state' in one ? [one] : []));
    for (const { state, asOf } of answered) if (state) await storeCustomers(tx, { corpId, asOf, customers: [state] });
    const presence = await presenceOf(
      tx,
      looks.flatMap((one) => one.relations.map((relation) => relation.staffUserId)),
      run.startedAt,
    );
    const reasons: Record<string, WhyEmpty> = {};
    let ended = 0;
    for (const one of looks)
      for (const { staffUserId, followedAt } of one.relations) {
        if ('unreadable' in one) {
          reasons[staffUserId] = { code: 'some_unreadable', said: one.unreadable.slice(0, 200) };
          continue;
        }
        const { externalUserId, asOf, state } = one;
        if (state?.follows.some((follow) => follow.staffUserId === staffUserId)) continue;
        const staff = presence.get(staffUserId) === 'left' ? 'left' : following.has(staffUserId) ? 'listed' : 'hidden';
        const end = endOfUnlisted({ followedAt, staff }, state?.follows ?? []);
        // The directory was read in this run: whom it named the app can see.
        if (staff === 'hidden') reasons[staffUserId] = { code: presence.get(staffUserId) === 'seen' ? 'not_permitted' : 'hidden_since' };
        if (end === null) continue;
        const over = { corpId, externalUserId, staffUserId, at: asOf, by: end.by, now: asOf, unlessSeenAfter: asOf };
        if (await storeEndOfFollow(tx, over)) ended += 1;
      }
    const asked = looks.reduce((sum, one) => sum + one.relations.length, 0);
    return {
      position: { ...run.position, cursor: inDoubt.at(-1)?.externalUserId ?? run.position.cursor },
      relationsAsked: run.relationsAsked + asked,
      relationsEnded: run.relationsEnded + ended,
      reasons: { ...run.reasons, ...reasons },
    };
  });
}
