import type { Library } from '@nextline/contract';

/** Where the library is kept between visits. Neither call ever fails: a webview without storage only loses the head start. */
export type LibraryStore = { read: () => Promise<Library | null>; write: (library: Library) => Promise<void> };

const databaseName = 'nextline-library';
const storeName = 'library';
/** Raised when the contract's library gets another form: what an older page kept would lack fields. */
const libraryForm = 3;

/** IndexedDB, one entry per corp and staff member; writing drops the entries of others who used this device. */
export function indexedDbStore(owner: string): LibraryStore {
  return {
    async read() {
      try {
        return await within('readonly', (store) => store.get(owner));
      } catch {
        return null;
      }
    },
    async write(library) {
      try {
        await within('readwrite', (store) => {
          store.clear();
          return store.put(library, owner);
        });
      } catch {
        // Full or forbidden: the next visit asks the server, as a first visit does.
      }
    },
  };
}

async function within(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<Library | null> {
  const database = await settled(opened());
  try {
    return (await settled(work(database.transaction(storeName, mode).objectStore(storeName)))) ?? null;
  } finally {
    database.close();
  }
}

function opened(): IDBOpenDBRequest {
  const request = indexedDB.open(databaseName, libraryForm);
  request.addEventListener('upgradeneeded', () => {
    if (request.result.objectStoreNames.contains(storeName)) request.result.deleteObjectStore(storeName);
    request.result.createObjectStore(storeName);
  });
  return request;
}

function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
    request.addEventListener('blocked', () => reject(new Error('another page keeps the library open')));
  });
}

/** What the server said: a library, or that the known version still holds. */
export type LibraryAnswer = Library | 'unchanged';

/** What to do before the library may be used: nothing, or ask whether it changed, or fetch it whole. */
export type Freshness = 'as_announced' | 'ask' | 'fetch';

/**
 * The page arrives with the version that was current a moment ago. What is kept under that version needs no question the first time; later
 * it is asked for with its version, which costs one 304.
 */
export function freshness(known: string | null, announced: string, first: boolean): Freshness {
  if (known === null) return 'fetch';
  return first && known === announced ? 'as_announced' : 'ask';
}

export type LibrarySource = {
  /** What an earlier visit kept; null when there is nothing. */
  kept: () => Promise<Library | null>;
  /** The library as it is now. Rejects as the server call does; what is kept stays usable then. */
  current: () => Promise<Library>;
};

/** The library from the device first, from the server when it changed. `ask` gets the known version, or null for none. */
export function librarySource(needs: {
  store: LibraryStore;
  announced: string;
  ask: (known: string | null) => Promise<LibraryAnswer>;
}): LibrarySource {
  let first = true;
  let known: Promise<Library | null> | null = null;
  const kept = () => (known ??= needs.store.read());
  return {
    kept,
    async current() {
      const library = await kept();
      const step = freshness(library?.version ?? null, needs.announced, first);
      if (library && step === 'as_announced') {
        first = false;
        return library;
      }
      let answer = await needs.ask(library?.version ?? null);
      // A server that calls unchanged what we do not have is asked for all of it.
      if (answer === 'unchanged' && !library) answer = await needs.ask(null);
      first = false;
      if (answer === 'unchanged') {
        if (library) return library;
        throw new Error('the server says that the library has not changed, but there is none');
      }
      known = Promise.resolve(answer);
      void needs.store.write(answer);
      return answer;
    },
  };
}
