/**
 * The least that could answer with a panel's data: node:http, a `pg` pool, the panel's own statement, `JSON.stringify`. No session, no check of who
 * asks, no row level security (its role bypasses it), no schema, no suggestions. `GET /<staff>/<store>/<customer>`.
 */
import { createServer } from 'node:http';
import pg from 'pg';
import { panelSql } from '../../apps/server/src/customers/panel-sql.ts';

const { BARE_DATABASE_URL: connectionString, BARE_CORP_ID: corpId, BARE_PORT: port } = process.env;
// As many connections as the product's own pool.
const pool = new pg.Pool({ connectionString, max: 20 });

const server = createServer((request, response) => {
  const [, staffUserId, storeId, externalUserId] = request.url?.split('/') ?? [];
  pool.query({ name: 'panel', text: panelSql, values: [corpId, externalUserId, staffUserId, storeId, false] }).then(
    ({ rows }) => {
      const body = JSON.stringify(rows[0] ?? null);
      const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) };
      return response.writeHead(rows[0] ? 200 : 404, headers).end(body);
    },
    (error: unknown) => response.writeHead(500, { 'x-reason': encodeURI(String(error)), 'content-length': 0 }).end(),
  );
});
server.listen(Number(port), '127.0.0.1');
