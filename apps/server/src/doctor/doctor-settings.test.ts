import { expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { createTestDatabase, testCorpId, testSessionKey } from '../test-database.ts';
import { readDoctorSettings } from './doctor-settings.ts';
import { runDoctor } from './run-doctor.ts';

/** Nobody listens there. */
const nowhere = 'http://127.0.0.1:1';

test('without any setting the doctor names them all and says of everything else that it cannot be tested', async () => {
  const settings = readDoctorSettings({ WECOM_API_URL: nowhere, WECOM_OAUTH_URL: nowhere });
  expect(settings.wrong.toSorted()).toEqual([
    'DATABASE_URL',
    'PUBLIC_URL',
    'SESSION_KEY',
    'WECOM_AGENT_ID',
    'WECOM_CALLBACK_AES_KEY',
    'WECOM_CALLBACK_TOKEN',
    'WECOM_CORP_ID',
    'WECOM_SECRET',
  ]);
  const { checks } = await runDoctor(settings, { clock: systemClock });
  expect(checks.filter((check) => check.state === 'failed').map((check) => check.id)).toEqual(['settings']);
  expect(checks.filter((check) => check.state === 'ok')).toEqual([]);
});

test('every single setting can be wrong without stopping the doctor', () => {
  for (const name of [
    'PORT',
    'PROCESS_MODE',
    'LOG_LEVEL',
    'STAFF_REQUESTS_PER_MINUTE',
    'WECOM_API_URL',
    'WECOM_OAUTH_URL',
    'WECOM_LOGIN_URL',
  ])
    expect(readDoctorSettings({ [name]: 'nonsense' }).wrong).toContain(name);
});

const codeFor = async (url: string, corpId = testCorpId) => {
  const env = { DATABASE_URL: url, SESSION_KEY: testSessionKey, WECOM_CORP_ID: corpId, WECOM_API_URL: nowhere, WECOM_OAUTH_URL: nowhere };
  const { checks } = await runDoctor(readDoctorSettings(env), { clock: systemClock });
  return checks.find((check) => check.id === 'database')?.sentence.key;
};

test('a database that is away, empty, or without this corp is said in three different sentences', async () => {
  const database = await createTestDatabase();
  expect(await codeFor(database.ownerUrl)).toBe('database.ok');
  expect(await codeFor('postgres://postgres@127.0.0.1:1/postgres')).toBe('database.away');
  const empty = new URL(database.ownerUrl);
  empty.pathname = '/postgres';
  expect(await codeFor(empty.href)).toBe('database.not_migrated');
  expect(await codeFor(database.ownerUrl, 'ww0000000000000000')).toBe('database.never_started');
});
