import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Everything that could open a connection to somewhere else. */
const opens = /\bfetch\(|fetch: |\?\? fetch|from '(?:node:)?(?:https?|http2|net|tls|dgram|undici|axios|got|node-fetch|ws)'/;

/**
 * Where the product asks others, and whose address that is. Each is a setting of the installation; none is anything that a guide, a customer or WeCom
 * wrote: covers and avatars are shown by the browser, links are sent as text, media are uploads.
 */
const known: Record<string, string> = {
  'packages/wecom/src/call-wecom.ts': 'WECOM_API_URL, redirects refused',
  'packages/wecom/src/client.ts': 'WECOM_API_URL',
  'apps/server/src/database.ts': 'DATABASE_URL',
  'apps/server/src/short-reads.ts': 'DATABASE_URL',
  'apps/server/src/app.ts': 'nobody: it listens',
  'apps/server/src/wecom-callback/receive-callback.ts': 'nobody: it answers',
  'apps/server/src/health/private-address.ts': 'nobody: it compares addresses',
  'apps/server/src/doctor/ask-site.ts': 'PUBLIC_URL, redirects not followed',
  'apps/server/src/doctor/wecom-line.ts': 'WECOM_API_URL',
};

test('T20: the product asks only addresses that the installation sets, so no link, cover or avatar can send it anywhere', () => {
  const sources = globSync('{apps/server,packages/*}/src/**/*.ts', { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !/\.test\.ts$|\/test-[^/]+\.ts$|\/loopback-wecom\.ts$/.test(file));
  expect(sources.length).toBeGreaterThan(100);
  const found = sources.filter((file) => opens.test(readFileSync(join(root, file), 'utf8')));
  expect(found.toSorted()).toEqual(Object.keys(known).toSorted());
});
