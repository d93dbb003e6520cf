/** The simulated WeCom in a process of its own, so that it takes no time from who measures. Says over IPC where it listens; ends with its parent. */
import { startSimulator } from '../apps/wecom-simulator/src/index.ts';

const { CHAOS_PRODUCT_URL: productUrl = '', CHAOS_CALLBACK_URL: callbackUrl = '', CHAOS_TRUSTED_HOST: trustedHost = '' } = process.env;
const simulator = await startSimulator({ port: 0, webviewPort: 0, productUrl, callbackUrl, trustedHosts: [trustedHost] });
process.send?.({ url: simulator.url });
process.once('disconnect', () => process.exit(0));
