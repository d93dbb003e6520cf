import { doctorReport } from '@nextline/contract';
import { writeAudit } from '../audit/write-audit.ts';
import type { App, Deps } from '../feature.ts';
import { requirePermission } from '../identity/permissions.ts';
import { languageOf } from '../sentence.ts';
import { runDoctor } from './run-doctor.ts';
import { type Report, reportInWords } from './say.ts';

/** A report that is younger than this is given again: every run tries the secret, and WeCom bans an address that tries a wrong one often. */
const freshForMs = 15_000;

/** `GET /doctor`: the report of `pnpm run doctor` for whoever runs the corp. However many ask at once, it runs once. */
export function doctorRoutes(app: App, { db, config, clock }: Pick<Deps, 'db' | 'config' | 'clock'>): void {
  let underway: Promise<Report> | null = null;
  let latest: { report: Report; madeAt: number } | null = null;

  async function examine(): Promise<Report> {
    const report = await runDoctor({ config, wrong: [], sentences: [] }, { clock });
    latest = { report, madeAt: clock.now().getTime() };
    return report;
  }

  async function report(): Promise<Report> {
    if (latest && clock.now().getTime() - latest.madeAt < freshForMs) return latest.report;
    underway ??= examine().finally(() => (underway = null));
    return underway;
  }

  app.get('/doctor', { schema: { response: { 200: doctorReport } } }, async ({ principal, headers }, reply) => {
    requirePermission(principal, 'doctor.read');
    await writeAudit(db, {
      corpId: config.wecom.corpId,
      who: principal,
      action: 'doctor.run',
      subject: { kind: 'corp', id: config.wecom.corpId },
      at: clock.now(),
    });
    void reply.header('cache-control', 'no-store');
    return reportInWords(await report(), languageOf(headers));
  });
}
