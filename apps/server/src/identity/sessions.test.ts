import { expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { createSessions } from './sessions.ts';

function sessionsOf(agentId: string, key = 'a session key that is used in tests only, 32+ bytes') {
  const read = readConfig({
    PUBLIC_URL: 'http://localhost:7320',
    SESSION_KEY: key,
    DATABASE_URL: 'postgres://localhost/nextline',
    WECOM_CORP_ID: 'ww1',
    WECOM_AGENT_ID: agentId,
    WECOM_SECRET: 'secret',
    WECOM_CALLBACK_TOKEN: 'token',
    WECOM_CALLBACK_AES_KEY: 'a'.repeat(43),
  });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const clock = { at: new Date('2026-06-09T01:00:00Z'), now: () => clock.at };
  return { sessions: createSessions(read.config, clock), clock };
}

test('a cookie that was read before still ends with its twelve hours', () => {
  const { sessions, clock } = sessionsOf('1000002');
  const cookie = sessions.begin('zhouyining');
  expect(sessions.read(cookie)).toMatchObject({ staffUserId: 'zhouyining' });
  clock.at = new Date('2026-06-09T12:59:59Z');
  expect(sessions.read(cookie)).toMatchObject({ staffUserId: 'zhouyining' });
  clock.at = new Date('2026-06-09T13:00:00Z');
  expect(sessions.read(cookie)).toBeNull();
  expect(sessions.read(cookie)).toBeNull();
});

test('a cookie that was changed by one letter, or is of another app or key, is nobody', () => {
  const { sessions } = sessionsOf('1000002');
  const cookie = sessions.begin('zhouyining');
  expect(sessions.read(cookie)).not.toBeNull();
  const other = cookie[20] === 'A' ? 'B' : 'A';
  expect(sessions.read(cookie.slice(0, 20) + other + cookie.slice(21))).toBeNull();
  expect(sessionsOf('1000003').sessions.read(cookie)).toBeNull();
  expect(sessionsOf('1000002', 'another session key that is used in tests only').sessions.read(cookie)).toBeNull();
  expect(sessions.read(undefined)).toBeNull();
});
