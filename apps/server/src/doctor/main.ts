/** `pnpm run doctor`: tests everything that a corp must set up, and says what to do about what fails. Ends with 1 when something failed. */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs, parseEnv } from 'node:util';
import { systemClock } from '../clock.ts';
import { readDoctorSettings } from './doctor-settings.ts';
import { printReport } from './print-report.ts';
import { runDoctor } from './run-doctor.ts';
import { reportInWords } from './say.ts';

const usage = `Usage: npx -y pnpm@12 run doctor [--env-file FILE] [--verify-file WW_verify_….txt] [--json] [--english]

  --env-file FILE      settings from this file, before those of the environment and of .env
  --verify-file NAME   also look for WeCom's proof file at the root of PUBLIC_URL
  --json               the report as JSON
  --english            in English
`;

function readArguments() {
  try {
    return parseArgs({
      options: {
        'env-file': { type: 'string' },
        'verify-file': { type: 'string' },
        json: { type: 'boolean' },
        english: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return process.exit(2);
  }
}

function readEnvFile(file: string): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    process.stderr.write(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}\n`);
    return process.exit(2);
  }
}

const given = readArguments();
if (given.help) {
  process.stdout.write(usage);
  process.exit(0);
}
// As the server itself: what the environment already says wins over .env. A file that was asked for by name wins over both.
if (given['env-file'] === undefined && existsSync('.env')) process.loadEnvFile('.env');
const env = given['env-file'] === undefined ? process.env : { ...process.env, ...readEnvFile(given['env-file']) };
const language = given.english ? 'en' : 'zh-CN';
const report = reportInWords(
  await runDoctor(readDoctorSettings(env), {
    clock: systemClock,
    verifyFile: given['verify-file'],
    askRefusedSecret: true,
  }),
  language,
);
const lines = given.json ? [JSON.stringify(report, null, 2)] : printReport(report, { colour: process.stdout.isTTY, language });
process.stdout.write(`${lines.join('\n')}\n`);
process.exitCode = report.checks.some((check) => check.state === 'failed') ? 1 : 0;
