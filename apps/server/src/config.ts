import { z } from 'zod';

const wholeNumber = (name: string, fallback: string) =>
  z
    .string()
    .default(fallback)
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, `${name} must be a port: a whole number from 0 to 65535.`)
    .transform(Number);

const httpUrl = (sentence: string) =>
  z
    .string(sentence)
    .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), sentence)
    .transform((text) => text.replace(/\/+$/, ''));

const required = (sentence: string) => z.string(sentence).trim().min(1, sentence);

/** Every setting there is, as `.env.example` lists them. The text beside each is what an administrator reads when it is wrong. */
const settings = z.object({
  PORT: wholeNumber('PORT', '7300'),
  HOST: z.string().min(1).default('0.0.0.0'),
  PUBLIC_URL: httpUrl('PUBLIC_URL must be the address under which WeCom opens this server, like https://nextline.example.com').refine(
    (url) => new URL(url).pathname === '/' && new URL(url).search === '',
    'PUBLIC_URL must be an address without a path: WeCom trusts whole domains.',
  ),
  SESSION_KEY: z
    .string('SESSION_KEY must be a secret of at least 32 characters: openssl rand -base64 48')
    .min(32, 'SESSION_KEY must have at least 32 characters: openssl rand -base64 48'),
  DATABASE_URL: z
    .string('DATABASE_URL must be the address of a Postgres as its owner, like postgres://user:password@host:5432/nextline')
    .refine(
      (text) => URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol),
      'DATABASE_URL must begin with postgres://, like postgres://user:password@host:5432/nextline',
    ),
  PROCESS_MODE: z.enum(['all', 'web', 'worker'], 'PROCESS_MODE must be all, web or worker.').default('all'),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'LOG_LEVEL must be fatal, error, warn, info, debug, trace or silent.',
    )
    .default('info'),
  STAFF_REQUESTS_PER_MINUTE: z
    .string()
    .regex(/^[1-9]\d{0,6}$/, 'STAFF_REQUESTS_PER_MINUTE must be a whole number from 1.')
    .default('600')
    .transform(Number),
  CONSOLE_ADMINS: z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,，;]+/).filter((id) => id !== '')),
  WECOM_CORP_ID: required('WECOM_CORP_ID is missing: console of WeCom, 我的企业 → 企业信息 → 企业ID.'),
  WECOM_AGENT_ID: required('WECOM_AGENT_ID is missing: console of WeCom, 应用管理 → the app → AgentId.').regex(
    /^\d+$/,
    'WECOM_AGENT_ID must be digits only.',
  ),
  WECOM_SECRET: required('WECOM_SECRET is missing: console of WeCom, 应用管理 → the app → Secret.'),
  WECOM_CALLBACK_TOKEN: required('WECOM_CALLBACK_TOKEN is missing: console of WeCom, the app → 接收消息 → 设置API接收 → Token.'),
  WECOM_CALLBACK_AES_KEY: z
    .string('WECOM_CALLBACK_AES_KEY is missing: console of WeCom, the app → 接收消息 → 设置API接收 → EncodingAESKey.')
    .regex(/^[A-Za-z0-9]{43}$/, 'WECOM_CALLBACK_AES_KEY must be 43 letters and digits: the EncodingAESKey of 设置API接收.'),
  WECOM_API_URL: httpUrl('WECOM_API_URL must be an http(s) address.').default('https://qyapi.weixin.qq.com'),
  WECOM_OAUTH_URL: httpUrl('WECOM_OAUTH_URL must be an http(s) address.').default('https://open.weixin.qq.com'),
  WECOM_LOGIN_URL: httpUrl('WECOM_LOGIN_URL must be an http(s) address.').default('https://login.work.weixin.qq.com'),
});

export type Config = {
  port: number;
  host: string;
  /** Without a slash at the end. */
  publicUrl: string;
  sessionKey: string;
  /** As the owner of the schema; the application itself connects with the corp's role. */
  databaseUrl: string;
  processMode: 'all' | 'web' | 'worker';
  logLevel: string;
  /** More than this from one person is a program. Only a measurement has a reason to raise it. */
  staffRequestsPerMinute: number;
  /** Staff ids that become admins when they sign in: the first admin of a corp, who gives the others their roles. */
  consoleAdmins: string[];
  wecom: {
    corpId: string;
    agentId: string;
    secret: string;
    callbackToken: string;
    callbackAesKey: string;
    apiUrl: string;
    oauthUrl: string;
    loginUrl: string;
  };
};

/** The settings, or one sentence for every variable that is wrong or missing: all of them, so that nobody repairs one per start. */
export function readConfig(env: Record<string, string | undefined>): { config: Config } | { problems: string[] } {
  // `PORT=` in a file means "not set".
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const read = settings.safeParse(given);
  if (!read.success) {
    const firstOfEach = new Map<string, string>();
    for (const { path, message } of read.error.issues) {
      const name = String(path[0]);
      if (!firstOfEach.has(name)) firstOfEach.set(name, message);
    }
    return { problems: [...firstOfEach.values()] };
  }
  const s = read.data;
  return {
    config: {
      port: s.PORT,
      host: s.HOST,
      publicUrl: s.PUBLIC_URL,
      sessionKey: s.SESSION_KEY,
      databaseUrl: s.DATABASE_URL,
      processMode: s.PROCESS_MODE,
      logLevel: s.LOG_LEVEL,
      staffRequestsPerMinute: s.STAFF_REQUESTS_PER_MINUTE,
      consoleAdmins: s.CONSOLE_ADMINS,
      wecom: {
        corpId: s.WECOM_CORP_ID,
        agentId: s.WECOM_AGENT_ID,
        secret: s.WECOM_SECRET,
        callbackToken: s.WECOM_CALLBACK_TOKEN,
        callbackAesKey: s.WECOM_CALLBACK_AES_KEY,
        apiUrl: s.WECOM_API_URL,
        oauthUrl: s.WECOM_OAUTH_URL,
        loginUrl: s.WECOM_LOGIN_URL,
      },
    },
  };
}
