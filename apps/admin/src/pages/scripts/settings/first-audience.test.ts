import type { AdminBoot } from '@nextline/contract';
import { expect, test } from 'vitest';
import { setBoot } from '../../../boot.ts';
import { firstAudience } from './first-audience.ts';

const boot: AdminBoot = {
  corpId: 'ww1',
  corpName: '木白',
  publicUrl: 'http://localhost:7320',
  staff: { userId: 'luyiming', name: '陆一鸣', role: 'operator', avatarUrl: null, storeId: 'hq', storeName: '总部' },
  permissions: ['scripts.write'],
  lastSyncedAt: null,
  scriptsInReview: 0,
  serverTime: '2026-06-09T01:00:00.000Z',
  timeZone: 'Asia/Shanghai',
};

test('what a manager begins to write is for the own store, and what headquarters begins for all', () => {
  setBoot(boot);
  expect(firstAudience()).toEqual({ kind: 'company' });
  setBoot({ ...boot, staff: { ...boot.staff, role: 'manager', storeId: 'njxl' } });
  expect(firstAudience()).toEqual({ kind: 'stores', storeIds: ['njxl'] });
});
