import { cached, onePerDatabase } from '../cached.ts';
import type { Deps } from '../feature.ts';
import { type KnownStaff, type KnownStore, readAllStaff, readAllStores } from './staff-directory.store.ts';

export type StaffDirectory = {
  staff: KnownStaff[];
  stores: KnownStore[];
  byId: ReadonlyMap<string, KnownStaff>;
  storeName(storeId: string | null): string | null;
  /** Also those who have left: their customers stay the store's until somebody takes them over. */
  staffOfStore(storeId: string): string[];
};

type DirectoryDeps = Pick<Deps, 'db' | 'clock'>;

async function load({ db }: DirectoryDeps): Promise<StaffDirectory> {
  const [staff, stores] = await Promise.all([readAllStaff(db), readAllStores(db)]);
  const names = new Map(stores.map((store) => [store.storeId, store.name]));
  return {
    staff,
    stores,
    byId: new Map(staff.map((one) => [one.staffUserId, one])),
    storeName: (storeId) => (storeId === null ? null : (names.get(storeId) ?? null)),
    staffOfStore: (storeId) => staff.filter((one) => one.storeId === storeId).map((one) => one.staffUserId),
  };
}

const directories = onePerDatabase((deps: DirectoryDeps) => cached({ clock: deps.clock, load: () => load(deps) }));

/** Who works where: seconds behind another process, never behind this one. */
export const staffDirectory = (deps: DirectoryDeps): Promise<StaffDirectory> => directories(deps).get();
export const forgetStaffDirectory = (deps: DirectoryDeps): void => directories(deps).forget();
