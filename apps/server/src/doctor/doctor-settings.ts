import { type Config, readConfig } from '../config.ts';

export type DoctorSettings = { config: Config; wrong: string[]; sentences: string[] };

/** Valid and meaningless: they stand in for a wrong setting, so that what does not need it can still be tested. */
const standIns: Record<string, string> = {
  PUBLIC_URL: 'http://localhost',
  SESSION_KEY: 'stands in for a session key that is missing',
  DATABASE_URL: 'postgres://localhost/',
  WECOM_CORP_ID: '-',
  WECOM_AGENT_ID: '0',
  WECOM_SECRET: '-',
  WECOM_CALLBACK_TOKEN: '-',
  WECOM_CALLBACK_AES_KEY: 'A'.repeat(43),
};

/** The settings as the server reads them. What is wrong is named and never used; the rest is read all the same. */
export function readDoctorSettings(env: Record<string, string | undefined>): DoctorSettings {
  const read = readConfig(env);
  if ('config' in read) return { config: read.config, wrong: [], sentences: [] };
  const wrong = read.problems.map((sentence) => sentence.split(' ', 1)[0] ?? '');
  const repaired = { ...env, ...Object.fromEntries(wrong.map((name) => [name, standIns[name]])) };
  const again = readConfig(repaired);
  if ('problems' in again) throw new Error(`a setting has no stand-in: ${again.problems.join(' ')}`);
  return { config: again.config, wrong, sentences: read.problems };
}
