import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import pg from 'pg';

type Change = { staff: string; customer: string; add: string[]; remove: string[] };

/**
 * What sendOutbox leaves after days without a clear answer. By the database's clock, which no test can move; so it is put there by hand, with the
 * settings that the demo keeps for whoever looks at it from outside.
 */
export async function leaveUnsure(changes: Change[]): Promise<void> {
  const settings = parseEnv(readFileSync(join(tmpdir(), `nextline-e2e-${process.env['E2E_PORT']}`, 'server.env'), 'utf8'));
  const client = new pg.Client({ connectionString: settings['DATABASE_URL'] });
  await client.connect();
  try {
    await client.query(`SELECT set_config('app.corp_id', $1, false)`, [settings['WECOM_CORP_ID']]);
    for (const { customer, staff: staffUserId, add, remove } of changes)
      await client.query(
        `INSERT INTO wecom_outbox (corp_id, external_user_id, write_id, kind, payload, created_at, status, attempts, maybe_done, next_attempt_at, settled_at, failure)
         VALUES ($1, $2, $3, 'mark_tag', $4, now() - interval '3 days', 'unsure', 110, true, now(), now(), 'externalcontact/mark_tag: no answer')`,
        [settings['WECOM_CORP_ID'], customer, randomUUID(), { staffUserId, add, remove }],
      );
  } finally {
    await client.end();
  }
}
