import type { StoreBody, StoreChange } from '@nextline/contract';
import { WeComError } from '@nextline/wecom';
import { uuidv7 } from 'uuidv7';
import { type AuditEntry, writeAudit } from '../audit/write-audit.ts';
import type { Queryable } from '../database.ts';
import type { Deps, Principal } from '../feature.ts';
import { syncDepartments } from '../wecom-sync/sync-staff.ts';
import { storeExists, storeInUse, storeNotFound } from './refusals.ts';
import { deleteStore, insertStore, lockStore, lockStoreNames, peopleOfStore, saveStore, storeOfName } from './stores.store.ts';

type StoreDeps = Pick<Deps, 'db' | 'clock' | 'wecom' | 'config' | 'log'>;
type Acting = { deps: StoreDeps; who: Principal };

const trimmed = ({ name, region }: StoreBody) => ({ name: name.trim(), region: region?.trim() || null });

function note(
  { deps, who }: Acting,
  tx: Queryable,
  action: AuditEntry['action'],
  storeId: string,
  detail: Record<string, unknown>,
): Promise<void> {
  const { config, clock } = deps;
  return writeAudit(tx, { corpId: config.wecom.corpId, who, action, subject: { kind: 'store', id: storeId }, detail, at: clock.now() });
}

/** A store that WeCom knows nothing of. Answers its id. */
export async function makeStore(acting: Acting, body: StoreBody): Promise<string> {
  const { db, config } = acting.deps;
  const store = { storeId: uuidv7(), ...trimmed(body) };
  await db.transaction(async (tx) => {
    await lockStoreNames(tx, config.wecom.corpId);
    if (await storeOfName(tx, store.name, store.storeId)) throw storeExists(store.name);
    await insertStore(tx, { corpId: config.wecom.corpId, ...store, departmentId: null, byHand: true });
    await note(acting, tx, 'store.create', store.storeId, trimmed(body));
  });
  return store.storeId;
}

export async function renameStore(acting: Acting, storeId: string, { name, region }: StoreChange): Promise<void> {
  await acting.deps.db.transaction(async (tx) => {
    await lockStoreNames(tx, acting.deps.config.wecom.corpId);
    const before = await lockStore(tx, storeId);
    if (before === null) throw storeNotFound();
    const change = trimmed({ name: name ?? before.name, region: region === undefined ? before.region : region });
    if (await storeOfName(tx, change.name, storeId)) throw storeExists(change.name);
    await saveStore(tx, storeId, { ...change, byHand: true });
    await note(acting, tx, 'store.change', storeId, { ...change, before: { name: before.name, region: before.region } });
  });
}

/** Its department gives it name and region again: now when WeCom answers, else with the next sync. */
export async function storeAsWeCom(acting: Acting, storeId: string): Promise<void> {
  const { db, log } = acting.deps;
  await db.transaction(async (tx) => {
    const before = await lockStore(tx, storeId);
    if (before === null) throw storeNotFound();
    if (before.departmentId === null)
      throw storeInUse({ 'zh-CN': '这家门店是在这里建的，企业微信里没有它。', en: 'This store was made here, WeCom does not know it.' });
    await saveStore(tx, storeId, { byHand: false });
    await note(acting, tx, 'store.as_wecom', storeId, { name: before.name });
  });
  try {
    await syncDepartments(acting.deps);
  } catch (error) {
    if (!(error instanceof WeComError)) throw error;
    log.debug({ err: error }, 'a store that follows WeCom again could not be read just now');
  }
}

export async function removeStore(acting: Acting, storeId: string): Promise<void> {
  await acting.deps.db.transaction(async (tx) => {
    const before = await lockStore(tx, storeId);
    if (before === null) throw storeNotFound();
    if (before.departmentId !== null)
      throw storeInUse({
        'zh-CN': '这家门店来自企业微信的部门，在那边删。',
        en: 'This store comes from a department in WeCom. Delete it there.',
      });
    const people = await peopleOfStore(tx, storeId);
    if (people > 0)
      throw storeInUse({
        'zh-CN': `「${before.name}」还有 ${people} 位成员，先把他们放到别的门店。`,
        en: `“${before.name}” still has ${people} members. Move them to another store first.`,
      });
    await deleteStore(tx, storeId);
    await note(acting, tx, 'store.delete', storeId, { name: before.name });
  });
}
