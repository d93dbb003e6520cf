import type { NoteRow, OrderRow } from './life.ts';
import { daysAfter, daysBetween } from './days.ts';
import { between, lot, pick, uuidFor } from './lots.ts';
import type { Person } from './person.ts';

/** What the brand's member system knows: it fills variables of scripts. Somebody who never bought has no card. */
export function customFieldsOf({ externalUserId }: Person, orders: readonly OrderRow[]): Record<string, string> {
  const spent = orders.reduce((sum, { amount }) => sum + amount, 0);
  if (spent === 0 && lot(externalUserId, 'member') < 0.4) return {};
  const points = Math.round(spent / 100) + between(lot(externalUserId, 'points'), 0, 60) * 10;
  const level = spent >= 100_000 ? '金卡会员' : spent >= 30_000 ? '银卡会员' : '普通会员';
  const birthday = `${between(lot(externalUserId, 'month'), 1, 12)}月${between(lot(externalUserId, 'date'), 1, 28)}日`;
  return { 积分: String(points), 会员等级: level, ...(lot(externalUserId, 'birthday') < 0.7 ? { 生日: birthday } : {}) };
}

const remarks = [
  '两颊易红，换季先减量。',
  '给妈妈也在买，面霜多备一瓶。',
  '午休一点到一点半回得快。',
  '只用无香的，别推有精油的。',
  '问价格多，先给小样再聊。',
  '送礼为主，记得手写卡片。',
  '公司在楼上，来之前发一声。',
  '对酒精敏感，看过成分表。',
  '眼周干纹，约了下次试眼霜。',
  '喜欢周末下午来，会带朋友。',
  '不接电话，发文字就好。',
  '空瓶攒着，月底一起带来。',
  '孩子刚上幼儿园，早上别打扰。',
  '上次护理说肩颈酸，下次留长一点的时段。',
];

/** What her guide wrote down about her. */
export function notesOf({ externalUserId, staffUserId, followedAt, endedAt }: Person, now: Date): NoteRow[] {
  const known = daysBetween(followedAt, endedAt ?? now);
  if (known < 2 || lot(externalUserId, 'note') > 0.26) return [];
  const writtenAt = daysAfter(followedAt, between(lot(externalUserId, 'note', 'day'), 1, Math.min(known - 1, 60)));
  return [{ noteId: uuidFor(externalUserId, 'note'), staffUserId, text: pick(lot(externalUserId, 'note', 'text'), remarks), writtenAt }];
}
