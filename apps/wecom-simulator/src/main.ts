import { startSimulator } from './index.ts';
import { usualCustomers } from './seed/seed.ts';

const env = process.env;
const port = Number(env['SIM_PORT'] ?? 7310);
const webviewPort = Number(env['SIM_WEBVIEW_PORT'] ?? 7320);
const customers = Number(env['SIM_CUSTOMERS'] ?? usualCustomers);

try {
  if (!Number.isInteger(customers) || customers < 0) throw new RangeError('SIM_CUSTOMERS must be a whole number from 0.');
  const simulator = await startSimulator({
    port,
    webviewPort,
    productUrl: env['SIM_PRODUCT_URL'] ?? 'http://localhost:7300',
    callbackUrl: env['SIM_CALLBACK_URL'] ?? 'http://localhost:7300/wecom/callback',
    host: env['SIM_HOST'] ?? '127.0.0.1',
    customers,
    log: env['LOG_LEVEL'] === 'debug',
  });
  process.stdout.write(`simulated WeCom ${simulator.url}, webview ${simulator.webviewUrl}\n`);
  const stop = (): void => {
    void simulator.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (cause) {
  process.stderr.write(`${whatWentWrong(cause)}\n`);
  process.exitCode = 1;
}

function whatWentWrong(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (!('code' in cause) || cause.code !== 'EADDRINUSE' || !('port' in cause)) return cause.message;
  const setting = cause.port === webviewPort ? 'SIM_WEBVIEW_PORT' : 'SIM_PORT';
  return `Port ${String(cause.port)} is taken. Set ${setting} to another one.`;
}
