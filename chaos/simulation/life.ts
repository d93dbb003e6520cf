/**
 * One life: three processes, a WeCom, guides who tap and customers who come and go, with everything that can go wrong, all of it decided by one
 * seed. Time is a number, an await is a place where anything may happen, and after every step all that must always hold is looked at.
 */
import type { CallbackEvent } from '../../packages/wecom/src/index.ts';
import { chanceFrom } from '../seeded.ts';
import { createInvariants } from './invariants.ts';
import { createStore } from './store-model.ts';
import type { Line, Weather, Work } from './wecom-call.ts';
import { createWeComModel, type News } from './wecom-model.ts';
import { DatabaseAway, inboxWorker, outboxWorker, type Process, ProcessDied, suspectWorker, syncWorker } from './workers.ts';

const staff = ['lin', 'zhou'];
const customers = ['c1', 'c2', 'c3', 'c4'];
const tags = ['t1', 't2', 't3'];
const processes = 3;

type Running = { work: Work<never>; wakeAt: number };
type Delivery = { news: News; deadly: boolean; at: number };

export type Life = { steps: number; happenings: number; kills: number; deadly: number; events: number; writes: number };

function eventOf({ kind, staff, customer, occurredAt }: News): CallbackEvent {
  const changeTypes = {
    added: 'add_external_contact',
    edited: 'edit_external_contact',
    removedByStaff: 'del_external_contact',
    removedByCustomer: 'del_follow_user',
  };
  const head = {
    corpId: 'ww',
    event: 'change_external_contact',
    changeType: changeTypes[kind],
    occurredAt: new Date(occurredAt),
    agentId: null,
  };
  const pair = { staffUserId: staff, externalUserId: customer };
  if (kind === 'added') return { ...head, ...pair, kind: 'customer.added', state: null, welcomeCode: `w${occurredAt}` };
  if (kind === 'removedByStaff') return { ...head, ...pair, kind: 'customer.removedByStaff', byTransfer: false };
  return { ...head, ...pair, kind: kind === 'edited' ? 'customer.edited' : 'customer.removedByCustomer' };
}

/** As `keepWorking`: a failure is logged, and the next turn comes. */
function* kept(begin: () => Work<never>): Work<never> {
  for (;;)
    try {
      yield* begin();
    } catch (error) {
      if (!(error instanceof DatabaseAway)) throw error;
      yield 1_000;
    }
}

/** Lives for so many steps, comes to rest, and ends with the comparison to WeCom. Throws Violated, with the step, when something did not hold. */
export function live(seed: number, steps: number): Life {
  const chance = chanceFrom(seed);
  let now = Date.UTC(2026, 5, 9, 6);
  const store = createStore((taken) => invariants.changes(taken));
  const wecom = createWeComModel(staff, customers, tags);
  const line: Line = { now: () => now, chance: chance.fork(), weather: 'clear', travelling: [], sent: new Map(), slots: new Map() };
  const invariants = createInvariants({ store, wecom, line });
  const counts: Life = { steps: 0, happenings: 0, kills: 0, deadly: 0, events: 0, writes: 0 };
  let deliveries: Delivery[] = [];
  let databaseAway = 0;
  let weatherUntil = 0;

  function* commit<T>(work: () => T): Work<T> {
    yield 0;
    if (chance.happens(databaseAway)) throw new DatabaseAway();
    const result = work();
    if (chance.happens(databaseAway)) throw new DatabaseAway();
    return result;
  }

  function start(): Running[] {
    const process: Process = {
      store,
      wecom,
      line,
      breakers: new Map(),
      commit,
      turns: { working: 0, wanting: 0 },
      onMarked: invariants.marked,
      onAdvance: invariants.advances,
    };
    const onTake = invariants.claimed;
    const works = [
      kept(() => inboxWorker(process, onTake)),
      kept(() => inboxWorker(process, onTake)),
      kept(() => suspectWorker(process, invariants.claimedAlone)),
      kept(() => outboxWorker(process)),
      kept(() => syncWorker(process, staff, invariants.holds)),
    ];
    return works.map((work) => ({ work, wakeAt: now + chance.below(1_000) }));
  }
  const running: Running[][] = Array.from({ length: processes }, start);

  function tell(news: News): void {
    counts.events += 1;
    if (chance.happens(0.03)) return invariants.lost(news);
    // One in two hundred is too much for whoever applies it, each time.
    const deadly = chance.happens(0.005);
    if (deadly) counts.deadly += 1;
    const copies = chance.happens(0.2) ? chance.between(2, 5) : 1;
    for (let copy = 0; copy < copies; copy += 1)
      deliveries.push({ news, deadly, at: now + (chance.happens(0.1) ? chance.below(3_600_000) : chance.below(2_000)) });
  }

  function deliver(): void {
    const due = deliveries.filter(({ at }) => at <= now);
    if (due.length === 0) return;
    const delivery = chance.pick(due);
    deliveries = deliveries.filter((one) => one !== delivery);
    // Not kept, so not acknowledged, so told again; or kept and the answer lost, so told again as well.
    if (chance.happens(databaseAway)) deliveries.push({ ...delivery, at: now + 5_000 });
    else {
      const { kind, staff, customer, occurredAt } = delivery.news;
      const hash = `${kind}/${staff}/${customer}/${occurredAt}`;
      store.keepCallback(hash, eventOf(delivery.news), delivery.deadly, now);
      invariants.acknowledged(hash);
    }
  }

  function arrive(): void {
    const arriving = line.travelling.filter(({ arrivesAt }) => arrivesAt <= now);
    line.travelling = line.travelling.filter(({ arrivesAt }) => arrivesAt > now);
    for (const { arrive } of arriving.toSorted((a, b) => a.arrivesAt - b.arrivesAt)) arrive();
  }

  function work(): void {
    const ready = running.flat().filter(({ wakeAt }) => wakeAt <= now);
    if (ready.length === 0) {
      const next = Math.min(
        ...running.flat().map(({ wakeAt }) => wakeAt),
        ...line.travelling.map(({ arrivesAt }) => arrivesAt),
        ...deliveries.map(({ at }) => at),
      );
      now = Math.max(now, Math.min(next, now + 10_000));
      return;
    }
    const one = chance.pick(ready);
    try {
      const { value } = one.work.next();
      one.wakeAt = now + value;
    } catch (error) {
      if (!(error instanceof ProcessDied)) throw error;
      die(running.findIndex((works) => works.includes(one)));
    }
  }

  function die(gone: number): void {
    running[gone] = start().map((one) => ({ ...one, wakeAt: now + chance.below(3_000) }));
  }

  function mischief(): void {
    const what = chance.next();
    if (what < 0.3) {
      counts.kills += 1;
      die(chance.below(processes));
    } else if (what < 0.5) {
      // Asleep in the middle of something, and back when nobody expects it.
      const asleep = chance.between(1_000, 120_000);
      for (const one of running[chance.below(processes)] ?? []) one.wakeAt = Math.max(one.wakeAt, now) + asleep;
    } else if (what < 0.75) {
      line.weather = chance.pick<Weather>(['busy', 'lostBefore', 'lostAfter', 'limited', 'clear']);
      weatherUntil = now + chance.below(90_000);
    } else if (what < 0.9) databaseAway = chance.pick([0, 0, 0.05, 0.5]);
    else now += chance.below(600_000);
  }

  function step(calm: boolean): void {
    counts.steps += 1;
    now += chance.below(20);
    if (now > weatherUntil) line.weather = 'clear';
    arrive();
    const what = chance.next();
    if (what < 0.1) deliver();
    else if (calm || what >= 0.21) work();
    else if (what < 0.16) {
      const news = wecom.happen(chance, now);
      if (news) tell(news);
      counts.happenings += 1;
    } else if (what < 0.195) store.changeTag(chance.pick(staff), chance.pick(customers), chance.pick(tags), now);
    else if (what < 0.2) {
      if (store.unfinishedRun() === null) store.runs.push(newRun(store.runs.length, now));
    } else mischief();
    invariants.check(counts.steps);
  }

  for (let n = 0; n < steps; n += 1) step(false);

  // Everything is well again, and what was late is there: what was begun must come to its end by itself.
  deliveries = deliveries.map((delivery) => ({ ...delivery, at: now }));
  databaseAway = 0;
  line.weather = 'clear';
  weatherUntil = 0;
  rest(() => deliveries.length === 0 && invariants.unsettled() === 0);
  // And the nightly look at everything makes up for what was never told.
  store.runs.push(newRun(store.runs.length, now));
  rest(() => store.unfinishedRun() === null && invariants.unsettled() === 0);
  invariants.compare(counts.steps);
  counts.writes = store.outbox.length;
  return counts;

  function rest(done: () => boolean): void {
    const patience = counts.steps + 200_000;
    while (!done()) {
      step(true);
      if (counts.steps > patience) throw invariants.violated(counts.steps, 'it does not come to rest');
    }
  }
}

function newRun(id: number, startedAt: number) {
  return { id, startedAt, phase: 'customers' as const, position: { pendingStaff: [...staff], batch: [], cursor: '' } };
}
