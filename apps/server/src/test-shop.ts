import type { Part, Purpose } from '@nextline/contract';
import type { Deps } from './feature.ts';
import { customers, follows } from './customers/customers.table.ts';
import { staff, stores } from './identity/identity.table.ts';
import { publishScript, type ScriptToPublish } from './scripts/publish-script.ts';
import { forgetScriptCatalogue } from './scripts/script-catalogue.ts';
import { scriptFolders } from './scripts/scripts.table.ts';
import { stages } from './stages/stages.table.ts';
import { createTestClock, type TestClock } from './test-app.ts';

/** 14:32 in Shanghai today: nobody sleeps, and WeCom's own clock is less than a day away. */
export function afternoonClock(): TestClock {
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  return createTestClock(new Date(`${today}T14:32:00+08:00`));
}

/**
 * Two stores. 周以宁 and her manager 陆嘉明 in one, 钱朵 in the other; 林小姐 is 周以宁's, 陈太 is 钱朵's. Enough of a corp for most tests.
 */
export async function openShop(deps: Deps): Promise<void> {
  const { db, clock, config } = deps;
  const { corpId } = config.wecom;
  const syncedAt = clock.now();
  const followedAt = new Date(syncedAt.getTime() - 46 * 86_400_000);
  await db.insert(stores).values([
    { corpId, storeId: 'njxl', name: '南京西路店' },
    { corpId, storeId: 'jajl', name: '静安嘉里店' },
  ]);
  await db.insert(staff).values([
    { corpId, staffUserId: 'zhou', name: '周以宁', storeId: 'njxl', followsCustomers: true, syncedAt },
    { corpId, staffUserId: 'lu', name: '陆嘉明', storeId: 'njxl', role: 'manager', followsCustomers: true, syncedAt },
    { corpId, staffUserId: 'qian', name: '钱朵', storeId: 'jajl', followsCustomers: true, syncedAt },
  ]);
  await db.insert(stages).values([
    { corpId, stageId: 'lead', name: '潜在客户', position: 0 },
    { corpId, stageId: 'warm', name: '意向客户', position: 1 },
    { corpId, stageId: 'won', name: '首购', position: 2, kind: 'won' },
  ]);
  await db.insert(scriptFolders).values({ corpId, folderId: 'f1', name: '使用回访', position: 0 });
  await db.insert(customers).values([
    {
      corpId,
      externalUserId: 'wmLin',
      name: 'Linda',
      type: 'wechat',
      gender: 'female',
      stageId: 'warm',
      stageEnteredAt: followedAt,
      syncedAt,
    },
    { corpId, externalUserId: 'wmChen', name: '晓雯', type: 'wechat', gender: 'female', syncedAt },
  ]);
  await db.insert(follows).values([
    {
      corpId,
      externalUserId: 'wmLin',
      staffUserId: 'zhou',
      remark: '林小姐',
      mobiles: ['13800000101'],
      addWay: 1,
      state: 'store-njxl',
      followedAt,
      syncedAt,
    },
    { corpId, externalUserId: 'wmChen', staffUserId: 'qian', remark: '陈太', addWay: 3, followedAt, syncedAt },
  ]);
}

export const fitsAnybody = { stageIds: [], tagIds: [], answers: [], daysSinceFollow: null, daysSinceOrder: null, silentDays: null };

/** Publishes a script of one text for the whole company, or whatever else is said about it. */
export async function writeScript(
  deps: Deps,
  script: { scriptId: string; text?: string; purpose?: Purpose; parts?: Part[] } & Partial<ScriptToPublish>,
): Promise<number> {
  const { text = '{客户称呼}，好久不见', ...rest } = script;
  const { version } = await publishScript(
    deps.db,
    deps.config.wecom.corpId,
    {
      folderId: 'f1',
      title: rest.scriptId,
      keywords: [],
      purpose: 'service',
      parts: [{ kind: 'text', text }],
      fit: fitsAnybody,
      visibility: { scope: 'company' },
      validFrom: null,
      validUntil: null,
      authorUserId: null,
      ...rest,
    },
    deps.clock.now(),
  );
  forgetScriptCatalogue(deps);
  return version;
}
