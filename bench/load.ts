/** The script's side of the load generator: aims it at an arm, has it fire, and reads what everybody's processors did meanwhile. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { cpuSeconds, machineSeconds } from './cpu-time.ts';
import type { Order, Reply, Report, Target } from './load-process.ts';

/** Processor seconds of one measurement, by who used them. `others`: neither an arm nor the load. */
export type Spent = Record<string, number> & { load: number; others: number; stolen: number };
export type Closed = Extract<Report, { kind: 'closed' }> & { spent: Spent };
export type Open = Extract<Report, { kind: 'open' }>;

export type Load = {
  aim(name: string, target: Target): Promise<void>;
  /** `processes`: whose processor time to read, by a name of one's own. */
  closed(
    name: string,
    options: { connections: number; warmUpSeconds: number; seconds: number; processes: Record<string, number> },
  ): Promise<Closed>;
  open(name: string, options: { connections: number; perSecond: number; seconds: number; seed: number }): Promise<Open>;
  stop(): Promise<void>;
};

export function startLoad(): Load {
  const child = fork(fileURLToPath(new URL('load-process.ts', import.meta.url)), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(() => [{ failure: 'the load generator ended' } satisfies Reply]);

  async function order(what: Order, onMeasuring: () => void = () => undefined): Promise<Report> {
    child.send(what);
    for (;;) {
      const [reply] = (await Promise.race([once(child, 'message'), ended])) as [Reply];
      if ('event' in reply) onMeasuring();
      else if ('failure' in reply) throw new Error(`${what.name}: ${reply.failure}`);
      else return reply.report;
    }
  }

  return {
    async aim(name, target) {
      await order({ kind: 'aim', name, target });
    },
    async closed(name, { processes, ...options }) {
      const pids = { ...processes, load: child.pid ?? 0 };
      const read = () => ({
        machine: machineSeconds(),
        each: Object.entries(pids).map(([who, pid]) => [who, cpuSeconds(pid)] as const),
      });
      let before = read();
      const report = await order({ kind: 'closed', name, ...options }, () => (before = read()));
      const after = read();
      if (report.kind !== 'closed') throw new Error(`${name}: asked for a closed loop, got ${report.kind}`);
      const each = after.each.map(([who, seconds], n) => [who, seconds - (before.each[n]?.[1] ?? 0)] as const);
      const ours = each.reduce((sum, [, seconds]) => sum + seconds, 0);
      const spent = {
        load: 0,
        ...Object.fromEntries(each),
        others: Math.max(0, after.machine.busy - before.machine.busy - ours),
        stolen: after.machine.stolen - before.machine.stolen,
      };
      return { ...report, spent };
    },
    async open(name, options) {
      const report = await order({ kind: 'open', name, ...options });
      if (report.kind !== 'open') throw new Error(`${name}: asked for an open loop, got ${report.kind}`);
      return report;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.disconnect();
      await ended;
    },
  };
}
