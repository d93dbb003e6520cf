import { canonicalPath } from './call-log.ts';

/** What goes wrong with the next calls to an API, a bridge function, an OAuth page or the webview. */
export interface Fault {
  id: number;
  /** Canonical; whole path segments from the beginning. A trailing `*` matches any letters. */
  path: string;
  errcode?: number | undefined;
  /** Server APIs: the text in front of the hint. Bridge: what follows `name:`, for example `cancel`. */
  errmsg?: string | undefined;
  status?: number | undefined;
  /** Server APIs: answered as it is, whatever it says. */
  body?: string | undefined;
  delayMs?: number | undefined;
  /** The connection is cut. */
  drop?: boolean | undefined;
  /** The call is carried out, and only its answer is spoilt. Without errcode or status the connection is then cut. */
  afterEffect?: boolean | undefined;
  /** This many matching calls pass untouched first: `skip: 2` fails the third message. */
  skip: number;
  /** Calls left to spoil; null = until the faults are deleted. */
  times: number | null;
}

export interface Faults {
  add(fault: Omit<Fault, 'id'>): Fault;
  /** The fault that this call runs into, if any; counts it. */
  take(path: string): Fault | null;
  list(): Fault[];
  clear(path?: string): void;
}

export function createFaults(onChange: () => void): Faults {
  let faults: Fault[] = [];
  let lastId = 0;
  return {
    add(wanted) {
      lastId += 1;
      const fault = { ...wanted, id: lastId, path: canonicalPath(wanted.path) };
      faults.push(fault);
      onChange();
      return fault;
    },
    take(path) {
      const fault = faults.find((one) => matches(one.path, path));
      if (!fault) return null;
      if (fault.skip > 0) {
        fault.skip -= 1;
        return null;
      }
      const taken = { ...fault };
      if (fault.times !== null) {
        fault.times -= 1;
        if (fault.times <= 0) faults = faults.filter((one) => one !== fault);
        onChange();
      }
      return taken;
    },
    list: () => faults.map((fault) => ({ ...fault })),
    clear(path) {
      faults = path === undefined ? [] : faults.filter((fault) => !matches(canonicalPath(path), fault.path));
      onChange();
    },
  };
}

function matches(pattern: string, path: string): boolean {
  if (pattern.endsWith('*')) return path.startsWith(pattern.slice(0, -1));
  const bare = pattern.replace(/\/+$/, '');
  return bare === '' || path === bare || path.startsWith(`${bare}/`);
}
