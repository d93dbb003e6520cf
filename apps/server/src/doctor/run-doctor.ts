import type { Clock } from '../clock.ts';
import { createLog } from '../log.ts';
import { rememberAnswers } from '../wecom-sync/remember-answers.ts';
import { createSecretStore } from '../wecom-sync/secret-store.ts';
import { askDatabase, askStore } from './ask-database.ts';
import { askCallback, askSignIn, askVerifyFile } from './ask-site.ts';
import { askWeCom } from './ask-wecom.ts';
import type { DoctorSettings } from './doctor-settings.ts';
import type { Findings } from './findings.ts';
import { heardNow } from './last-time.ts';
import { reportOf } from './report.ts';
import type { Report } from './say.ts';
import { openWeComLine } from './wecom-line.ts';

const wecomWithinMs = 25_000;
const needsWeCom = ['WECOM_CORP_ID', 'WECOM_SECRET', 'WECOM_API_URL'];
const needsCallback = ['PUBLIC_URL', 'WECOM_CORP_ID', 'WECOM_CALLBACK_TOKEN', 'WECOM_CALLBACK_AES_KEY'];

export type DoctorOptions = {
  clock: Clock;
  /** Name of WeCom's proof file for the domain, when it should be looked for. */
  verifyFile?: string | undefined;
  /** A person asked by hand: try the secret though WeCom refused it lately. Nothing that runs by itself may, WeCom would ban the address. */
  askRefusedSecret?: boolean;
  /** How long WeCom may take over everything. */
  wecomWithinMs?: number;
};

/** Tests everything that a corp must set up, each thing by itself. Changes nothing at WeCom but a one-pixel picture, which it forgets in three days; what it said is remembered for the next time. */
export async function runDoctor({ config, wrong, sentences }: DoctorSettings, options: DoctorOptions): Promise<Report> {
  const { clock } = options;
  const isWrong = (needed: string[]) => needed.some((name) => wrong.includes(name));
  const publicUrl = wrong.includes('PUBLIC_URL') ? null : config.publicUrl;

  const { database, open } = await askDatabase(config, wrong);
  try {
    const secrets = open ? createSecretStore({ db: open.db, log: createLog('silent') }, config, clock.now) : null;
    const [stored, keptToken, refused] = await Promise.all([
      open && askStore(open.db, config, clock),
      secrets && secrets.get('access_token'),
      secrets && secrets.refusal(),
    ]);
    const deadline = AbortSignal.timeout(options.wecomWithinMs ?? wecomWithinMs);
    const known = refused && options.askRefusedSecret ? { ...refused, askAgainAt: clock.now() } : refused;
    const line = openWeComLine(config, clock, deadline, known);
    const [wecom, callback, signInRefused, found] = await Promise.all([
      askWeCom(line, {
        staff: stored?.staff ?? [],
        keptToken: keptToken && keptToken.expiresAt > clock.now() && !wrong.includes('WECOM_API_URL') ? keptToken : null,
        settingsWrong: isWrong(needsWeCom),
      }),
      isWrong(needsCallback) ? ({ kind: 'not_asked' } as const) : askCallback(config, clock.now()),
      publicUrl === null || isWrong(['WECOM_CORP_ID', 'WECOM_AGENT_ID', 'WECOM_OAUTH_URL']) ? false : askSignIn(config),
      publicUrl === null || options.verifyFile === undefined ? null : askVerifyFile(publicUrl, options.verifyFile),
    ]);
    const refusal = await line.secretRefusal();
    if (refusal?.times !== refused?.times) await secrets?.noteRefusal(refusal);
    const findings: Findings = {
      checkedAt: clock.now(),
      settings: { wrong, sentences },
      publicUrl,
      agentId: config.wecom.agentId,
      publicWeCom: new URL(config.wecom.apiUrl).hostname.endsWith('.weixin.qq.com'),
      database,
      store: stored?.store ?? null,
      ...wecom,
      secretAskedAgainAt: refusal?.askAgainAt ?? null,
      refusedAddresses: line.refusedAddresses(),
      addressPassed: line.addressPassed(),
      clockAheadSeconds: line.clockAheadSeconds(),
      signInRefused,
      callback,
      verifyFile: options.verifyFile === undefined ? null : { name: options.verifyFile, found },
    };
    if (open) await rememberAnswers({ db: open.db, clock, config }, heardNow(findings));
    return reportOf(findings);
  } finally {
    await open?.close();
  }
}
