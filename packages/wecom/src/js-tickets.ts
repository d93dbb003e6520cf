import { renewalsOfRefusedTicket } from './call-budget.ts';
import type { CallLedger } from './call-ledger.ts';
import type { SharedSecrets } from './shared-secrets.ts';
import type { WeCom } from './wecom.ts';
import { wecomPaths } from './wire-shapes.ts';

export type Tickets = Pick<WeCom, 'jsTicket' | 'renewRefusedTicket'>;

type TicketKind = 'corp_ticket' | 'agent_ticket';

/** One that is younger is new to every page that complains now; asking again would only spend quota. */
const newForMs = 60_000;

/**
 * Tickets, and new ones for those that WeCom's client refuses before their time. A page with a wrong address complains just the same and
 * for ever, so renewals have a budget of their own in the ledger: all processes together ask once a minute.
 */
export function keepTickets({ shared, ledger, clock }: { shared: SharedSecrets; ledger: CallLedger; clock: { now(): Date } }): Tickets {
  const renewals = new Map<TicketKind, Promise<string>>();
  /** One that is from the future, because the clock was set back, is as old as can be. */
  function ageMs(kind: TicketKind): number {
    const age = clock.now().getTime() - shared.obtainedAt(kind);
    return age < 0 ? Infinity : age;
  }

  async function renew(kind: TicketKind): Promise<string> {
    const ticket = await shared.reread(kind);
    if (ageMs(kind) < newForMs) return ticket;
    const key = `${kind === 'corp_ticket' ? wecomPaths.corpTicket : wecomPaths.agentTicket} renewed`;
    const slot = await ledger.take({ key, budget: renewalsOfRefusedTicket, maxWaitMs: 0 });
    return 'waitMs' in slot ? shared.replace(kind, ticket) : ticket;
  }

  function renewOnce(kind: TicketKind): Promise<string> {
    const running = renewals.get(kind);
    if (running) return running;
    const started = renew(kind).finally(() => renewals.delete(kind));
    renewals.set(kind, started);
    return started;
  }

  return {
    async jsTicket(of, { renewIfOlderThanMs = Infinity } = {}) {
      const ticket = await shared.current(kindOf(of));
      return ageMs(kindOf(of)) > renewIfOlderThanMs ? renewOnce(kindOf(of)) : ticket;
    },
    renewRefusedTicket: (of) => renewOnce(kindOf(of)),
  };
}

const kindOf = (of: 'corp' | 'agent'): TicketKind => (of === 'corp' ? 'corp_ticket' : 'agent_ticket');
