import { doctorReport, type DoctorReport } from '@nextline/contract';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import { writeAudit } from '../audit/write-audit.ts';
import { sessionForbidden } from '../errors.ts';
import type { App, Deps } from '../feature.ts';
import type { Principals } from '../identity/principals.ts';
import { requireSession } from '../identity/require-session.ts';
import { runDoctor } from './run-doctor.ts';

const mayAsk = new Set(['admin', 'operator', 'auditor']);

/** A report that is younger than this is given again: every run tries the secret, and WeCom bans an address that tries a wrong one often. */
const freshForMs = 15_000;

/** `GET /doctor`: the report of `pnpm run doctor` for whoever runs the corp. However many ask at once, it runs once. */
export async function doctorRoutes(
  parent: App,
  { db, config, clock }: Pick<Deps, 'db' | 'config' | 'clock'>,
  principals: Principals,
): Promise<void> {
  let underway: Promise<DoctorReport> | null = null;
  let latest: { report: DoctorReport; madeAt: number } | null = null;

  async function examine(): Promise<DoctorReport> {
    const report = await runDoctor({ config, wrong: [], sentences: [] }, { clock });
    latest = { report, madeAt: clock.now().getTime() };
    return report;
  }

  async function report(): Promise<DoctorReport> {
    if (latest && clock.now().getTime() - latest.madeAt < freshForMs) return latest.report;
    underway ??= examine().finally(() => (underway = null));
    return underway;
  }

  await parent.register(
    async (scope) => {
      const app: App = scope.withTypeProvider<ZodTypeProvider>();
      requireSession(app, principals);
      app.get('/doctor', { schema: { response: { 200: doctorReport } } }, async ({ principal }, reply) => {
        if (!mayAsk.has(principal.role)) throw sessionForbidden();
        await writeAudit(db, {
          corpId: config.wecom.corpId,
          who: principal,
          action: 'doctor.run',
          subject: { kind: 'corp', id: config.wecom.corpId },
          at: clock.now(),
        });
        void reply.header('cache-control', 'no-store');
        return report();
      });
    },
    { prefix: '/api/admin' },
  );
}
