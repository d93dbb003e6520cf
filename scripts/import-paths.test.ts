import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = globSync('{apps,packages}/*/{src,client}/**/*.{ts,vue}', { cwd: root }).map((file) => file.replaceAll('\\', '/'));

type Import = { from: string; to: string; typeOnly: boolean };

const imports: Import[] = sources.flatMap((from) => {
  const text = readFileSync(join(root, from), 'utf8');
  const statements = text.matchAll(
    /(?:^|\n)\s*(import|export)\s+(type\s+)?[^'";]*?from\s+'([^']+)'|(?:^|\n)\s*import\s+'([^']+)'|import\('([^']+)'\)/g,
  );
  return [...statements].map((match) => {
    const specifier = match[3] ?? match[4] ?? match[5] ?? '';
    const to = specifier.startsWith('.') ? normalize(join(dirname(from), specifier)).replaceAll('\\', '/') : specifier;
    return { from, to, typeOnly: match[2] !== undefined };
  });
});

const isTest = (file: string) => file.endsWith('.test.ts') || /\/test-[^/]+\.ts$/.test(file);

test('the imports were read at all', () => {
  expect(imports.length).toBeGreaterThan(100);
});

test('no app imports another app; only tests start the simulator', () => {
  const wrong = imports.filter(({ from, to }) => {
    const own = from.split('/').slice(0, 2).join('/');
    if (to.startsWith('apps/')) return !to.startsWith(`${own}/`);
    return /^@nextline\/(server|sidebar|admin|wecom-simulator)/.test(to) && !isTest(from);
  });
  expect(wrong).toEqual([]);
});

test('a package imports no app', () => {
  expect(
    imports.filter(
      ({ from, to }) =>
        from.startsWith('packages/') && (to.startsWith('apps/') || /^@nextline\/(server|sidebar|admin|wecom-simulator)/.test(to)),
    ),
  ).toEqual([]);
});

test('the browser takes only the types of the contract: no zod on a phone', () => {
  const browser = imports.filter(({ from }) => from.startsWith('apps/sidebar/') || from.startsWith('apps/admin/'));
  expect(browser.filter(({ to, typeOnly, from }) => to === '@nextline/contract' && !typeOnly && !isTest(from))).toEqual([]);
});

test("a feature reaches another feature's storage only through a use case, a table join or an event", () => {
  const wrong = imports.filter(({ from, to }) => {
    const own = /^apps\/server\/src\/([^/]+)\//.exec(from)?.[1];
    const other = /^apps\/server\/src\/([^/]+)\/[^/]+\.(?:store|routes|jobs)\.ts$/.exec(to)?.[1];
    return own !== undefined && other !== undefined && own !== other && !isTest(from);
  });
  expect(wrong).toEqual([]);
});

test('only a store, a table, a job or a test touches a table for its values', () => {
  const wrong = imports.filter(
    ({ from, to, typeOnly }) =>
      from.startsWith('apps/server/src/') &&
      to.endsWith('.table.ts') &&
      !typeOnly &&
      !/\.(store|table|test)\.ts$/.test(from) &&
      !isTest(from),
  );
  expect(wrong).toEqual([]);
});

test("WeCom's spelling stops at the WeCom layer", () => {
  const own = sources.filter((file) => /^apps\/(server|sidebar|admin)\//.test(file) && !isTest(file) && !file.endsWith('.table.ts'));
  const wrong = own.filter((file) =>
    /\b(follow_user|welcome_code|userid_list|remark_mobiles)\b/.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(wrong).toEqual([]);
});
