import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const complete = {
  PUBLIC_URL: 'https://nextline.example.com/',
  SESSION_KEY: 'k'.repeat(32),
  DATABASE_URL: 'postgres://owner@localhost:5432/nextline',
  WECOM_CORP_ID: 'ww0123456789abcdef',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: 'secret',
  WECOM_CALLBACK_TOKEN: 'token',
  WECOM_CALLBACK_AES_KEY: 'a'.repeat(43),
};

const problemsOf = (env: Record<string, string | undefined>) => {
  const read = readConfig(env);
  return 'problems' in read ? read.problems : [];
};

test('with nothing set, every required variable is named at once', () => {
  const named = problemsOf({}).map((sentence) => /^[A-Z_]+/.exec(sentence)?.[0]);
  expect(named).toEqual([
    'PUBLIC_URL',
    'SESSION_KEY',
    'DATABASE_URL',
    'WECOM_CORP_ID',
    'WECOM_AGENT_ID',
    'WECOM_SECRET',
    'WECOM_CALLBACK_TOKEN',
    'WECOM_CALLBACK_AES_KEY',
  ]);
});

test('wrong values are listed together, one sentence each', () => {
  const problems = problemsOf({
    ...complete,
    PORT: 'http',
    SESSION_KEY: 'short',
    PROCESS_MODE: 'both',
    WECOM_AGENT_ID: 'app',
    WECOM_CALLBACK_AES_KEY: 'x',
  });
  expect(problems).toHaveLength(5);
  expect(problems.join('\n')).toContain('SESSION_KEY must have at least 32 characters');
});

test('no sentence repeats the secret that is wrong', () => {
  expect(problemsOf({ ...complete, SESSION_KEY: 'hunter2' }).join()).not.toContain('hunter2');
});

test('what is left out has a default, and an empty value counts as left out', () => {
  const read = readConfig({ ...complete, PORT: '', WECOM_API_URL: '' });
  expect(read).toMatchObject({
    config: { port: 7300, processMode: 'all', publicUrl: 'https://nextline.example.com', wecom: { apiUrl: 'https://qyapi.weixin.qq.com' } },
  });
});

test('an address with a path is refused: WeCom trusts whole domains', () => {
  expect(problemsOf({ ...complete, PUBLIC_URL: 'https://example.com/nextline' })).toHaveLength(1);
});

test('.env.example names every setting and nothing else', () => {
  const example = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
  const named = [...example.matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map((match) => match[1]);
  const source = readFileSync(new URL('config.ts', import.meta.url), 'utf8');
  const known = [...source.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map((match) => match[1]);
  expect(named.toSorted()).toEqual(known.toSorted());
});
