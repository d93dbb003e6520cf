import { availableParallelism, cpus, totalmem } from 'node:os';

/** Load L of the fault table, per second. */
export const loadL = { panels: 2_000, callbacks: 500, touches: 200 };

/** What L is scaled down to here: a twentieth for each core, since Postgres, WeCom and the guides share the machine with the server. */
export const shareOfThisMachine = Math.min(1, availableParallelism() / 20);

export const perSecond = (share: number) => ({
  panels: Math.max(1, loadL.panels * share),
  callbacks: Math.max(1, loadL.callbacks * share),
  touches: Math.max(1, loadL.touches * share),
});

/** For the first line of a run: figures mean nothing without it. */
export function describeScale(share: number): string {
  const { panels, callbacks, touches } = perSecond(share);
  const machine = `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
  return `${machine}; load L × ${share}: ${panels} panels, ${callbacks} callbacks, ${touches} touches a second`;
}
