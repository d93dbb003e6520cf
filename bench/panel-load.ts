/** What the ratios over the panel have in common: the requests, the arm at full speed, and what a request cost whom. */
import type { Closed } from './load.ts';
import type { Run } from './measurement.ts';
import { median } from './ratio.ts';
import { logInGuides, type Stand } from './stand.ts';

/** As many as a server of this size would see at once, and enough to keep it busy. */
export const connections = 32;

/** The requests that browsers would send: every guide with her own session, asking for customers whom she follows. */
export async function panelRequests(stand: Stand): Promise<string[]> {
  const cookies = await logInGuides(stand);
  return stand.relations.map(
    ({ externalUserId, staffUserId }) =>
      `GET /api/sidebar/customers/${externalUserId} HTTP/1.1\r\nhost: localhost:${stand.publicPort}\r\naccept: application/json\r\n` +
      `sec-fetch-site: same-origin\r\ncookie: ${cookies.get(staffUserId) ?? ''}\r\n\r\n`,
  );
}

/** One arm, as fast as it goes. */
export function atFullSpeed({ stand, load, options }: Run, name: string, pid: number): Promise<Closed> {
  const processes = { node: pid, postgres: stand.postgresPid };
  return load.closed(name, { connections, warmUpSeconds: options.seconds / 4, seconds: options.seconds, processes });
}

const rounded = (value: number) => Number(value.toPrecision(4));

/** For people: how fast, how big, and how many microseconds of processor one answer took from whom. */
export function describeArm(runs: Closed[]): Record<string, unknown> {
  const spentOn = (who: string) => rounded(median(runs.map(({ spent, answered }) => (1e6 * (spent[who] ?? 0)) / answered)));
  return {
    perSecond: rounded(median(runs.map(({ perSecond }) => perSecond))),
    bytesPerAnswer: Math.round(median(runs.map(({ bytesPerAnswer }) => bytesPerAnswer))),
    cpuMicrosecondsPerAnswer: { node: spentOn('node'), postgres: spentOn('postgres'), load: spentOn('load') },
  };
}

const spentPerAnswer = (runs: Closed[]): number =>
  median(runs.map(({ spent, answered }) => ((spent['node'] ?? 0) + (spent['postgres'] ?? 0)) / answered));

/**
 * Processor time of the reference's answer (Node and Postgres) by the candidate's. Other work on the machine moves this far less than it moves
 * throughput: it tells a slow arm from a bad moment.
 */
export function processorRatio(candidate: Closed[], reference: Closed[]): number {
  return rounded(spentPerAnswer(reference) / spentPerAnswer(candidate));
}

/** Which share of the processor time that was used went to neither arm nor load: what else the machine was doing. */
export function othersShare(runs: Closed[]): number {
  const shares = runs.map(({ spent }) => {
    const { others, stolen, ...ours } = spent;
    const used = Object.values(ours).reduce((sum, seconds) => sum + seconds, 0);
    return (others + stolen) / (used + others + stolen);
  });
  return rounded(median(shares));
}
