import type { Panel } from '@nextline/contract';
import { expect, test } from 'vitest';
import { relationWords } from './relation-words.ts';

const now = new Date('2026-06-09T06:32:00Z'); // Tuesday 14:32

function words(
  relation: Partial<Panel['relation']>,
  marketing: Partial<Panel['relation']['marketing']> = {},
  optedOutAt: string | null = null,
) {
  const base = { count: 2, cap: 3, windowDays: 7, nextAllowedAt: null, blocked: null, ...marketing };
  return relationWords(
    {
      relation: { lastEngagedAt: '2026-06-06T12:41:00Z', replyHours: '多在晚上回', lastTouch: null, ...relation, marketing: base },
      customer: {
        externalUserId: 'x',
        name: 'x',
        avatarUrl: null,
        gender: 'female',
        type: 'wechat',
        corpName: null,
        stageId: null,
        stageEnteredAt: null,
        optedOutAt,
      },
      follow: {
        staffUserId: 'zhou',
        staffName: '周以宁',
        remark: '',
        description: '',
        mobiles: [],
        tagIds: [],
        pendingTagIds: [],
        sourceLabel: '扫名片',
        state: null,
        followedAt: '2026-03-01T02:00:00.000Z',
        storeName: null,
      },
    },
    now,
    'Asia/Shanghai',
  );
}

test('a quiet week says how often, and from which day marketing may go on', () => {
  expect(words({}, { nextAllowedAt: '2026-06-11T01:00:00Z' })).toEqual({
    engaged: '3 天前互动',
    habit: '多在晚上回',
    touched: '本周触达 2/3',
    next: '周四起可营销',
    limited: false,
  });
  expect(words({}).next).toBe('现在可营销');
});

test('at the cap it turns amber and names the hour it ends', () => {
  expect(words({}, { count: 3, nextAllowedAt: '2026-06-11T01:00:00Z' })).toMatchObject({
    touched: '本周触达 3/3',
    next: '周四 09:00 解除',
    limited: true,
  });
});

test('quiet hours today name the hour', () => {
  expect(words({}, { nextAllowedAt: '2026-06-09T10:00:00Z' }).next).toBe('今天 18:00 起可营销');
});

test('at night it says that the night is the reason; the cards that wait for the morning name the hour', () => {
  const blocked = { code: 'guard.quiet_hours', headline: '现在太晚了，先不打扰', rule: '', endsAt: null, endsText: null } as const;
  expect(words({}, { nextAllowedAt: '2026-06-10T00:00:00Z', blocked })).toMatchObject({
    touched: '本周触达 2/3',
    next: '夜里不营销',
    limited: false,
  });
});

test('right after a service message it says that it does not count', () => {
  const lastTouch = { at: '2026-06-09T06:31:00Z', title: '使用回访', purpose: 'service' as const };
  expect(words({ lastTouch })).toMatchObject({ touched: '刚刚触达', next: '服务类，不占次数' });
  expect(words({ lastTouch: { ...lastTouch, purpose: 'marketing' } })).toMatchObject({ next: '本周 2/3', limited: false });
});

test('an opt-out stands above every count', () => {
  expect(words({}, { count: 0 }, '2026-06-03T01:00:00Z')).toMatchObject({ touched: '不收营销消息', next: '6月3日起', limited: true });
});

test('somebody who never answered is not given a date', () => {
  expect(words({ lastEngagedAt: null }).engaged).toBe('还没有互动过');
});

test('who has done nothing since she was added is not said to have engaged', () => {
  expect(words({ lastEngagedAt: '2026-03-01T02:00:00.000Z' }).engaged).toBe('3 个月前添加');
});
