import type { TestApp } from '../test-app.ts';
import { openDatabase } from '../database.ts';
import { sql } from 'drizzle-orm';

export const otherCorpId = 'wwother';
/** Stands in every text of the other corp: where it shows, something leaked. */
export const otherMark = '别家的';
/** Its ids where they must have a form: what is refused for its form says nothing about whose it is. */
export const otherUuid = '0198c0de-0000-7000-8000-0000000000ff';
export const otherHash = 'f0'.repeat(32);
const uuidsInText = new Set(['script_id', 'folder_id', 'segment_id']);

type Column = { table_name: string; column_name: string; data_type: string; nullable: boolean };

/** Empty, so that the row is one that counts. */
const stillThere = new Set(['ended_at', 'left_at', 'deleted_at', 'retired_at']);

/** The same value for the same column in every table, so that the rows belong together as ours do. */
function valueFor({ column_name: name, data_type: type }: Column): string {
  if (name === 'corp_id') return otherCorpId;
  if (type === 'uuid' || uuidsInText.has(name)) return otherUuid;
  if (name === 'sha256' || name === 'payload_hash') return otherHash;
  if (type === 'text') return /_(?:id|hash|mark)$/.test(name) ? `${otherMark}${name}` : otherMark;
  if (type.startsWith('timestamp')) return '2026-06-09T06:32:00Z';
  if (type === 'boolean') return 'false';
  if (type === 'jsonb') return JSON.stringify({ mark: otherMark });
  if (type === 'ARRAY') return '{}';
  if (type === 'bytea') return String.raw`\x00`;
  return '1';
}

export type OtherCorp = {
  /** By the name that a route gives its parameter: `externalUserId`. */
  idOf(parameter: string): string;
  tables: string[];
  /** Takes away what we have made under such an id ourselves: a route may let the caller choose one. */
  forgetOurs(parameter: string, id: string): Promise<void>;
  /** All rows of the other corp as one text: the same before and after, or somebody wrote in a foreign house. */
  snapshot(): Promise<string>;
  close(): Promise<void>;
};

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const columnOf = (parameter: string) => (parameter === 'userId' ? 'staff_user_id' : snake(parameter));

/** Puts a row of another corp into every table there is, read from the catalogue: a table that is made tomorrow has one too. */
export async function openOtherCorp({ database }: Pick<TestApp, 'database'>): Promise<OtherCorp> {
  const owner = openDatabase({ url: database.ownerUrl, max: 1, onError: () => undefined });
  const { rows: columns } = await owner.db.execute<Column>(sql`
    SELECT c.table_name, c.column_name, c.data_type, c.is_nullable = 'YES' AS nullable
    FROM information_schema.columns c JOIN pg_class t ON t.relname = c.table_name AND t.relnamespace = 'public'::regnamespace
    WHERE c.table_schema = 'public' AND t.relkind IN ('r', 'p') AND NOT t.relispartition
      AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname = 'corp_id')
      AND c.is_generated = 'NEVER' ORDER BY c.table_name, c.ordinal_position`);
  const byTable = Map.groupBy(columns, (column) => column.table_name);
  for (const [table, all] of byTable) {
    const names = sql.join(
      all.map((column) => sql.identifier(column.column_name)),
      sql`, `,
    );
    const values = sql.join(
      all.map((column) => (stillThere.has(column.column_name) ? sql`NULL` : sql`${valueFor(column)}`)),
      sql`, `,
    );
    await owner.db.execute(sql`INSERT INTO ${sql.identifier(table)} (${names}) VALUES (${values})`);
  }
  const ids = new Map(columns.map((column) => [column.column_name, valueFor(column)]));
  const each = [...byTable.keys()].map(
    (table) => sql`SELECT ${table} AS place, to_jsonb(t) AS row FROM ${sql.identifier(table)} t WHERE corp_id = ${otherCorpId}`,
  );
  return {
    tables: [...byTable.keys()],
    idOf: (parameter) => ids.get(columnOf(parameter)) ?? `${otherMark}${parameter}`,
    async forgetOurs(parameter, id) {
      const column = columnOf(parameter);
      for (const { table_name: table } of columns.filter((one) => one.column_name === column))
        await owner.db.execute(
          sql`DELETE FROM ${sql.identifier(table)} WHERE corp_id <> ${otherCorpId} AND ${sql.identifier(column)}::text = ${id}`,
        );
    },
    async snapshot() {
      const { rows } = await owner.db.execute<{ text: string }>(
        sql`SELECT string_agg(place || row::text, E'\n' ORDER BY place) AS text FROM (${sql.join(each, sql` UNION ALL `)}) AS everything`,
      );
      return rows[0]?.text ?? '';
    },
    close: () => owner.close(),
  };
}
