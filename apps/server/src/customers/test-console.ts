import { customerFilter, type CustomerFilterInput } from '@nextline/contract';
import type { InjectOptions } from 'fastify';
import { expect } from 'vitest';
import { staff } from '../identity/identity.table.ts';
import { tagGroups, tags } from '../tags/tags.table.ts';
import type { TestApp } from '../test-app.ts';
import { openShop } from '../test-shop.ts';
import { customers, follows } from './customers.table.ts';

/** The shop with somebody of each role at headquarters, two tag groups, and 王姐 of both stores, who has been silent for forty days. */
export async function openConsole({ deps }: TestApp): Promise<void> {
  await openShop(deps);
  const { db, clock, config } = deps;
  const { corpId } = config.wecom;
  const syncedAt = clock.now();
  const daysAgo = (days: number) => new Date(syncedAt.getTime() - days * 86_400_000);
  await db.insert(staff).values([
    { corpId, staffUserId: 'shen', name: '沈乔', role: 'admin', syncedAt },
    { corpId, staffUserId: 'yiming', name: '陆一鸣', role: 'operator', syncedAt },
    { corpId, staffUserId: 'auditor', name: '顾安', role: 'auditor', syncedAt },
    { corpId, staffUserId: 'jia', name: '贾店长', role: 'manager', storeId: 'jajl', syncedAt },
  ]);
  await db.insert(tagGroups).values([
    { corpId, groupId: 'skin', name: '肤质', position: 0, singleChoice: true, syncedAt },
    { corpId, groupId: 'level', name: '等级', position: 1, syncedAt },
  ]);
  const tag = (tagId: string, groupId: string, name: string) => ({ corpId, tagId, groupId, name, pinyin: name, syncedAt });
  await db
    .insert(tags)
    .values([tag('dry', 'skin', '干皮'), tag('oily', 'skin', '油皮'), tag('vip', 'level', '会员'), tag('618', 'level', '618')]);
  await db
    .insert(customers)
    .values({ corpId, externalUserId: 'wmWang', name: '王_100%', type: 'wechat', gender: 'female', lastEngagedAt: daysAgo(40), syncedAt });
  await db.insert(follows).values([
    {
      corpId,
      externalUserId: 'wmWang',
      staffUserId: 'zhou',
      remark: '王姐',
      tagIds: ['vip'],
      addWay: 3,
      followedAt: daysAgo(80),
      syncedAt,
    },
    {
      corpId,
      externalUserId: 'wmWang',
      staffUserId: 'qian',
      remark: '王太太',
      tagIds: ['dry'],
      addWay: 1,
      state: 'abc',
      followedAt: daysAgo(70),
      syncedAt,
    },
  ]);
}

/** Asks the console's API as this staff member. */
export const asking = (app: TestApp) => (staffUserId: string, method: InjectOptions['method'], path: string, payload?: object) =>
  app.app.inject({ ...(method && { method }), url: `/api/admin${path}`, headers: app.cookieOf(staffUserId), ...(payload && { payload }) });

export const filterParam = (filter: CustomerFilterInput) => `filter=${encodeURIComponent(JSON.stringify(filter))}`;
export const wholeFilter = (filter: CustomerFilterInput) => customerFilter.parse(filter);

/** Whom the list finds, in its order. */
export const finding =
  (app: TestApp) =>
  async (filter: CustomerFilterInput, who = 'shen', rest = ''): Promise<string[]> => {
    const answer = await asking(app)(who, 'GET', `/customers?${filterParam(filter)}${rest}`);
    expect(answer.statusCode).toBe(200);
    return answer.json().customers.map((row: { externalUserId: string }) => row.externalUserId);
  };
