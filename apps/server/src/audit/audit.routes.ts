import { Readable } from 'node:stream';
import { auditCheck, auditFilter, auditPage, auditQuery } from '@nextline/contract';
import type { App, Deps } from '../feature.ts';
import { requirePermission } from '../identity/permissions.ts';
import { inLanguage, languageOf } from '../sentence.ts';
import { faultSentence } from './fault-words.ts';
import { entriesAsCsv, entryPage } from './find-entries.ts';
import { verifyAudit } from './verify-audit.ts';
import { writeAudit } from './write-audit.ts';

/** More is for the command line, which nobody waits for in a browser. */
const checkedNewest = 20_000;

export function auditRoutes(app: App, deps: Deps): void {
  const { db, clock, config } = deps;

  app.get('/audit', { schema: { querystring: auditQuery, response: { 200: auditPage } } }, async ({ principal, query }, reply) => {
    requirePermission(principal, 'audit.read');
    void reply.header('cache-control', 'no-store');
    return entryPage(deps, query);
  });

  app.get('/audit-check', { schema: { response: { 200: auditCheck } } }, async ({ principal, headers }, reply) => {
    requirePermission(principal, 'audit.read');
    void reply.header('cache-control', 'no-store');
    const { checked, end, faults } = await verifyAudit(deps, { newest: checkedNewest });
    return { checked, endsAt: end.seq, faults: inLanguage(faults.map(faultSentence), languageOf(headers)) };
  });

  app.get('/audit-export', { schema: { querystring: auditFilter } }, async ({ principal, query, headers }, reply) => {
    requirePermission(principal, 'audit.read');
    const now = clock.now();
    await writeAudit(db, {
      corpId: config.wecom.corpId,
      who: principal,
      action: 'audit.export',
      subject: { kind: 'corp', id: config.wecom.corpId },
      detail: query,
      at: now,
    });
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="audit-${now.toISOString().slice(0, 10)}.csv"`)
      .type('text/csv; charset=utf-8')
      .send(Readable.from(entriesAsCsv(deps, query, languageOf(headers))));
  });
}
