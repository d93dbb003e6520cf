import { expect, test } from 'vitest';
import { sourceLabel, tagNames } from './profile.ts';

test('the source says the way and the code', () => {
  expect(sourceLabel({ add_way: 1, state: 'mall-spring' })).toBe('扫描二维码 · mall-spring');
  expect(sourceLabel({ add_way: 3, state: '' })).toBe('名片分享');
  expect(sourceLabel({ add_way: 999, state: '' })).toBe('来源未知');
});

test('tags of all groups are found by id', () => {
  const names = tagNames([
    { group_id: 'g1', group_name: '肤质', tags: [{ id: 't1', name: '敏感肌' }] },
    { group_id: 'g2', group_name: '活动', tags: [{ id: 't2', name: '618' }] },
  ]);
  expect([names.get('t1'), names.get('t2'), names.get('t3')]).toEqual(['敏感肌', '618', undefined]);
});
