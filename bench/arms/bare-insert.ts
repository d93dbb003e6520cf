/**
 * The least that keeps a callback: a `pg` pool and one INSERT of one row per callback, each its own commit, with the durability of the same Postgres.
 * No HTTP, no signature, no decryption, no row level security. Told over IPC how long; answers how many it did.
 */
import pg from 'pg';

export type InsertOrder = { connections: number; seconds: number };
export type InsertReport = { inserted: number; perSecond: number } | { failure: string };

const { BARE_DATABASE_URL: connectionString, BARE_CORP_ID: corpId, BARE_XML_BYTES: bytes } = process.env;
// As many connections as the product's own pool.
const pool = new pg.Pool({ connectionString, max: 20 });
const text = `INSERT INTO bench_inbox (corp_id, payload_hash, xml, event, change_type, lane, urgent, received_at, next_attempt_at)
  VALUES ($1, $2, $3, 'change_external_contact', 'edit_external_contact', $4, false, now(), now())`;
const xml = 'x'.repeat(Number(bytes));
let next = 0;

async function insertFor({ connections, seconds }: InsertOrder): Promise<InsertReport> {
  let inserted = 0;
  const start = performance.now();
  const end = start + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (; performance.now() < end; inserted += 1) {
        const id = String((next += 1)).padStart(64, '0');
        await pool.query({ name: 'insert', text, values: [corpId, id, xml, `customer:${id.slice(-32)}`] });
      }
    }),
  );
  return { inserted, perSecond: (1000 * inserted) / (performance.now() - start) };
}

process.on('message', (order: InsertOrder) => {
  insertFor(order).then(
    (report) => process.send?.(report),
    (error: unknown) => process.send?.({ failure: String(error) } satisfies InsertReport),
  );
});
process.once('disconnect', () => process.exit(0));
