import { heard, type Shelf, touch } from './contacts.ts';
import { clockBefore, dueToday, minutesAfter } from './days.ts';
import { firstGuide } from './first-guide.ts';
import type { Life, StageMoveRow } from './life.ts';
import { uuidFor } from './lots.ts';
import { orderOf, outcomeOfOrder } from './orders.ts';
import type { Person } from './person.ts';
import { openTask } from './tasks.ts';

/** 林小姐: the chat that the demo opens with. */
export const isFirstCustomer = ({ name, staffUserId }: Person): boolean => name === 'Linda' && staffUserId === firstGuide;

/** What she wrote in the simulated WeCom. */
const said = [
  [46, '19:45', '嗯嗯，挺清爽的'],
  [46, '19:46', '我是敏感肌，换季容易红'],
  [32, '21:07', '一瓶能用多久呀'],
  [24, '20:20', '又来拿了一瓶，用着确实稳'],
  [15, '21:32', '618 你们会有活动吗'],
  [7, '14:26', '好呀，周末过去'],
  [3, '20:41', '想问下防晒能和精华叠着用吗？会不会搓泥'],
] as const;

const told = [
  [46, '19:42', 'welcome.first-hello'],
  [46, '19:48', 'welcome.patch-test'],
  [32, '21:15', 'care.order-of-care'],
  [24, '20:26', 'care.empties'],
  [15, '21:40', 'offers.full-rule'],
  [11, '19:10', 'skin.allergens'],
  [6, '10:05', 'care.thanks-parcel'],
  [5, '19:40', 'launch.set-poster'],
  [1, '20:05', 'offers.set-choice'],
] as const;

/** Looked at the mini-program. */
const visited = [
  [27, '21:20'],
  [23, '20:48'],
  [20, '22:02'],
  [16, '21:11'],
  [12, '20:30'],
  [9, '21:44'],
  [8, '20:16'],
] as const;

const bought = [
  [40, '19:12', ['氨基酸洁面']],
  [24, '20:05', ['舒缓精华']],
  [7, '20:48', ['舒缓精华', '修护面霜']],
] as const;

/** Her way: she came 46 days ago; since she asked about the sets she is about to buy more. */
function moves({ externalUserId, followedAt, staffUserId }: Person, interestedAt: Date): StageMoveRow[] {
  const met = minutesAfter(followedAt, 1);
  return [
    { movedAt: met, moveId: uuidFor(externalUserId, 1), fromStageId: null, toStageId: 'prospect', staffUserId: null, why: '加上了联系人' },
    {
      movedAt: interestedAt,
      moveId: uuidFor(externalUserId, 2),
      fromStageId: 'prospect',
      toStageId: 'interested',
      staffUserId,
      why: '问过套组',
    },
  ];
}

/** Her days are told by hand, so that the first panel anybody sees shows every part of itself. */
export function firstCustomer(person: Person, shelf: Shelf, now: Date): Life {
  const clock = clockBefore(now);
  const orders = bought.map(([daysAgo, time, names]) => orderOf(person, clock(daysAgo, time), names));
  // The chat says 14:10. Before that time of the day the touch would still count towards these seven days: then it was a little earlier.
  const sampleAt = new Date(Math.min(clock(7, '14:10').getTime(), minutesAfter(now, -7 * 1440 - 1).getTime()));
  const lastOrder = orders.at(-1)?.orderedAt ?? now;
  return {
    orders,
    outcomes: [
      ...said.map(([daysAgo, time, words]) => heard(person, 'reply', clock(daysAgo, time), words)),
      ...visited.map(([daysAgo, time]) => heard(person, 'visit', clock(daysAgo, time), '在小程序看了看')),
      ...orders.map((order) => outcomeOfOrder(person, order)),
    ],
    touches: [
      ...told.map(([daysAgo, time, scriptId]) => touch(person, shelf, scriptId, clock(daysAgo, time))),
      touch(person, shelf, 'launch.sample-pickup', sampleAt),
    ],
    stageId: 'interested',
    moves: moves(person, clock(15, '21:45')),
    notes: [
      {
        noteId: uuidFor(person.externalUserId, 'skin'),
        staffUserId: person.staffUserId,
        text: '敏感肌，换季两颊红，先隔天用。',
        writtenAt: clock(46, '20:02'),
      },
      {
        noteId: uuidFor(person.externalUserId, 'hours'),
        staffUserId: person.staffUserId,
        text: '八点以后回得快，中午别打扰。',
        writtenAt: clock(24, '20:30'),
      },
    ],
    tasks: [
      openTask(person, { kind: 'follow_up', title: '使用回访', scriptId: 'care.serum-week', dueAt: dueToday(now), createdAt: lastOrder }),
    ],
    customFields: { 积分: '1280', 会员等级: '银卡会员', 生日: '4月18日' },
    optedOutAt: null,
  };
}
