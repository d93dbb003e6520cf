import { fileURLToPath } from 'node:url';
import { type NodeProcess, startNode } from './node-process.ts';
import type { Stand } from './stand.ts';

const main = fileURLToPath(new URL('../apps/server/src/main.js', import.meta.url));

/** The server as it runs in production, on a database that is full already: nothing is synced while it is measured. */
export function startProduct(stand: Stand, port: number): Promise<NodeProcess> {
  const { corp, app, callback } = stand.world;
  const env = {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${stand.publicPort}`,
    PROCESS_MODE: 'web',
    SESSION_KEY: stand.sessionKey,
    // Thirty guides stand for a thousand: the limit is counted as in production, and never reached.
    STAFF_REQUESTS_PER_MINUTE: '9999999',
    DATABASE_URL: stand.databaseUrl,
    WECOM_CORP_ID: corp.corp_id,
    WECOM_AGENT_ID: app.agent_id,
    WECOM_SECRET: app.secret,
    WECOM_CALLBACK_TOKEN: callback.token,
    WECOM_CALLBACK_AES_KEY: callback.aes_key,
    WECOM_API_URL: stand.simulatorUrl,
    WECOM_OAUTH_URL: stand.simulatorUrl,
    WECOM_LOGIN_URL: stand.simulatorUrl,
  };
  return startNode(main, env, async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).ok);
}
