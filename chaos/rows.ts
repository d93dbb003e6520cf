import type { LoneRow, Row } from './row.ts';
import { badNetwork } from './rows/bad-network.ts';
import { callbackBurst } from './rows/callback-burst.ts';
import { deterministicLife } from './rows/deterministic-life.ts';
import { fullDisk } from './rows/full-disk.ts';
import { hostileCallbacks } from './rows/hostile-callbacks.ts';
import { killedServer } from './rows/killed-server.ts';
import { lossyCallbacks } from './rows/lossy-callbacks.ts';
import { lostSecond } from './rows/lost-second.ts';
import { postgresRestarts } from './rows/postgres-restarts.ts';
import { restoredBackup } from './rows/restored-backup.ts';
import { steadyLoad } from './rows/steady-load.ts';

/** The rows of the fault table that need minutes, a process to kill, or a network between. */
export const rows: Row[] = [
  steadyLoad,
  callbackBurst,
  killedServer,
  postgresRestarts,
  lostSecond,
  fullDisk,
  badNetwork,
  lossyCallbacks,
  hostileCallbacks,
  restoredBackup,
];

/** And those that happen in one process from beginning to end. */
export const loneRows: LoneRow[] = [deterministicLife];
