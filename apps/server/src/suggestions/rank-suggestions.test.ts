import { expect, test } from 'vitest';
import type { ScriptCatalogue } from '../scripts/script-catalogue.ts';
import type { StoredScript } from '../scripts/scripts.store.ts';
import { dueOf, metaOf, reasonOf } from './card-words.ts';
import { rankSuggestions } from './rank-suggestions.ts';
import type { Situation } from './situation.ts';
import { indexesFor, suggestionIndexes } from './suggestion-index.ts';

const at = (text: string) => new Date(`${text}+08:00`);
const now = at('2026-06-09T14:32:00');
const who = { staffUserId: 'zhou', storeId: 'njxl' };

type Wish = Partial<Omit<StoredScript, 'fit'>> & { scriptId: string; uses30d?: number; replies30d?: number; text?: string } & Partial<
    StoredScript['fit']
  >;

const datesOf = (wishes: Wish[]) =>
  wishes.flatMap(({ validFrom, validUntil }) => [validFrom?.getTime() ?? [], validUntil?.getTime() ?? []]).flat();

function catalogueOf(wishes: Wish[]): ScriptCatalogue {
  const scripts = wishes.map(({ uses30d = 0, replies30d = 0, text = '好', ...wish }) => {
    const { stageIds = [], tagIds = [], answers = [], orderItems = [], ...days } = wish;
    const { daysSinceFollow = null, daysSinceOrder = null, silentDays = null, ...rest } = days;
    const stored: StoredScript = {
      version: 1,
      folderId: 'f1',
      title: rest.scriptId,
      titlePinyin: '',
      keywords: [],
      purpose: 'service',
      parts: [{ kind: 'text', text }],
      fit: { stageIds, tagIds, answers, orderItems, daysSinceFollow, daysSinceOrder, silentDays },
      scope: 'company',
      storeIds: [],
      defaults: {},
      ownerUserId: null,
      validFrom: null,
      validUntil: null,
      publishedAt: now,
      ...rest,
    };
    const { scriptId, version, folderId, title, titlePinyin, keywords, purpose, parts, defaults, scope } = stored;
    const script = {
      scriptId,
      version,
      folderId,
      title,
      titlePinyin,
      keywords,
      purpose,
      parts,
      defaults,
      suits: { stageIds: [], tagIds: [] },
      scope,
      validUntil: null,
      publishedAt: '',
      uses30d,
      replies30d,
    };
    return { script, json: '', stored, variables: text.includes('{上次购买}') ? ['上次购买'] : [] };
  });
  return {
    libraryVersion: 1,
    statsDay: 0,
    datedAt: Math.max(0, ...datesOf(wishes).filter((date) => date <= now.getTime())),
    changesAt: Infinity,
    folders: [{ folderId: 'f1', parentId: null, name: '使用回访', position: 0 }],
    scripts,
    byId: new Map(),
    variables: [],
  };
}

const calm: Situation = {
  now,
  timeZone: 'Asia/Shanghai',
  gender: 'female',
  stage: { stageId: 'warm', name: '意向客户' },
  tags: new Map([['sensitive', '敏感肌']]),
  openQuestion: null,
  followedAt: at('2026-04-24T19:42:00'),
  lastOrder: { at: at('2026-06-02T15:30:00').toISOString(), item: '舒缓精华' },
  lastEngagedAt: at('2026-06-06T20:41:00'),
  sentScripts: {},
  tasks: [],
  guideUses: new Map(),
  variables: {},
  optedOut: false,
  marketingBlocked: false,
};

function rank(wishes: Wish[], change: Partial<Situation> = {}) {
  const situation = { ...calm, ...change };
  const indexes = suggestionIndexes(catalogueOf(wishes));
  return rankSuggestions(situation, indexesFor(indexes, who), (id) => indexes.byId.get(id)).map((ranked) => ({
    id: ranked.candidate.script.scriptId,
    meta: metaOf(ranked, situation),
    reason: reasonOf(ranked, situation),
    due: dueOf(ranked, situation),
  }));
}
const order = (wishes: Wish[], change: Partial<Situation> = {}) => rank(wishes, change).map((card) => card.id);

const task: Situation['tasks'][number] = {
  taskId: 't',
  title: '使用回访',
  scriptId: 'due',
  kind: 'follow_up',
  dueAt: at('2026-06-09T18:00:00'),
  createdAt: at('2026-06-02T16:00:00'),
};
const asked = { at: at('2026-06-06T20:41:00').toISOString(), text: '想问下防晒能和精华叠着用吗？会不会搓泥' };

test('what is due comes first, then the answer to her question, then what its day has come for, then what fits', () => {
  const wishes: Wish[] = [
    { scriptId: 'any' },
    { scriptId: 'fits', stageIds: ['warm'], tagIds: ['sensitive'] },
    { scriptId: 'check', daysSinceOrder: [6, 9] },
    { scriptId: 'answer', answers: ['防晒'] },
    { scriptId: 'due' },
  ];
  expect(order(wishes, { tasks: [task], openQuestion: asked })).toEqual(['due', 'answer', 'check', 'fits', 'any']);
});

test('every card says a fact about her, or admits that nothing is measured', () => {
  const wishes: Wish[] = [
    { scriptId: 'fits', stageIds: ['warm'], tagIds: ['sensitive'] },
    { scriptId: 'check', daysSinceOrder: [6, 9] },
    { scriptId: 'answer', answers: ['防晒'] },
    { scriptId: 'due' },
    { scriptId: 'week', daysSinceFollow: [40, 50] },
    { scriptId: 'wake', silentDays: 3 },
  ];
  const cards = rank(wishes, { tasks: [task], openQuestion: asked });
  expect(cards.map((card) => [card.id, card.meta, card.reason.text])).toEqual([
    ['due', '待办 · 使用回访', '6月2日记下的'],
    ['answer', '她 6月6日问过防晒，还没人回', '还测不出效果'],
    ['check', '建议 · 使用回访', '舒缓精华用了 7 天，正是回访的时候'],
    ['week', '建议 · 使用回访', '加上第 46 天'],
    ['wake', '建议 · 使用回访', '她 3 天没动静了'],
    ['fits', '建议 · 使用回访', '意向客户 · 敏感肌 · 没发过'],
  ]);
  expect(rank([{ scriptId: 'any' }])[0]?.reason).toEqual({ kind: 'unmeasured', text: '还测不出效果' });
  expect(cards[0]?.due).toBe('今天 18:00 前');
});

const said = (validUntil: Date) => rank([{ scriptId: 'offer', validUntil }])[0]?.reason.text;

test('a last day is counted as the console counts it, and midnight ends the day before', () => {
  expect(said(at('2026-06-11T23:59:59.999'))).toBe('6月11日截止，还剩 2 天');
  expect(said(at('2026-06-12T00:00:00'))).toBe('6月11日截止，还剩 2 天');
  expect(said(at('2026-06-10T10:00:00'))).toBe('明天截止');
  expect(said(at('2026-06-10T00:00:00'))).toBe('今天截止');
});

test('an answer that many got says how it went', () => {
  const [card] = rank([{ scriptId: 'answer', answers: ['搓泥'], uses30d: 86, replies30d: 44 }], { openQuestion: asked });
  expect(card?.reason).toEqual({ kind: 'fact', text: '近 30 天发过 86 次，44 人回了' });
});

test('what she got within 30 days is not offered again, whatever fits', () => {
  const wishes: Wish[] = [{ scriptId: 'fits', stageIds: ['warm'] }];
  expect(order(wishes, { sentScripts: { fits: at('2026-05-12T10:00:00').toISOString() } })).toEqual([]);
  const [again] = rank(wishes, { sentScripts: { fits: at('2026-05-01T10:00:00').toISOString() } });
  expect(again?.reason.text).toBe('意向客户 · 上次发是5月1日');
});

test('a script for another stage, other tags, another day or another time is not offered', () => {
  const wishes: Wish[] = [
    { scriptId: 'stage', stageIds: ['won'] },
    { scriptId: 'tag', tagIds: ['oily'] },
    { scriptId: 'day', daysSinceOrder: [30, 40] },
    { scriptId: 'over', validUntil: at('2026-06-09T14:00:00') },
    { scriptId: 'silent', silentDays: 30 },
  ];
  expect(order(wishes)).toEqual([]);
});

test('campaigns that are over, or not yet, take no place from what can be said today, however much they were used', () => {
  const kinds: Partial<Wish>[] = [
    {},
    { stageIds: ['warm'] },
    { tagIds: ['sensitive'] },
    { answers: ['防晒'] },
    { daysSinceOrder: [0, 30] },
    { silentDays: 3 },
  ];
  const over = Array.from({ length: 120 }, (_, n): Wish => ({
    scriptId: `over ${n}`,
    uses30d: 500,
    ...(n % 4 === 0 ? { validFrom: at('2026-06-20T00:00:00') } : { validUntil: at('2026-06-01T00:00:00') }),
    ...kinds[n % 6],
  }));
  const live: Wish[] = [
    { scriptId: 'any' },
    { scriptId: 'answer', ...kinds[3] },
    { scriptId: 'check', ...kinds[4] },
    { scriptId: 'ending', validUntil: at('2026-06-11T00:00:00') },
    { scriptId: 'fits', ...kinds[1] },
    { scriptId: 'wake', ...kinds[5] },
  ];
  expect(order([...over, ...live], { openQuestion: asked })).toEqual(['answer', 'check', 'wake', 'ending', 'fits', 'any']);
});

test('what is for other stages, tags, products or a longer silence takes no place either', () => {
  const many = (fit: (n: number) => Partial<Wish>) =>
    Array.from({ length: 40 }, (_, n): Wish => ({ scriptId: `other ${JSON.stringify(fit(0))} ${n}`, uses30d: 500 - n, ...fit(n) }));
  const others = [
    many(() => ({ stageIds: ['warm'], tagIds: ['oily'] })),
    many(() => ({ stageIds: ['won'], tagIds: ['sensitive'] })),
    many(() => ({ stageIds: ['won'], daysSinceOrder: [0, 30] })),
    many((n) => ({ orderItems: [`口红 ${n}`], daysSinceOrder: [0, 30] })),
    many(() => ({ orderItems: ['防晒'] })),
    many(() => ({ silentDays: 90 })),
  ].flat();
  const hers: Wish[] = [
    { scriptId: 'bought', orderItems: ['精华'] },
    { scriptId: 'check', orderItems: ['精华'], daysSinceOrder: [6, 9] },
    { scriptId: 'stage', stageIds: ['warm'] },
    { scriptId: 'tag', tagIds: ['sensitive'] },
    { scriptId: 'wake', silentDays: 3 },
  ];
  expect(order([...others, ...hers])).toEqual(['check', 'wake', 'stage', 'tag', 'bought']);
});

const some = (name: string) => Array.from({ length: 40 }, (_, n) => `${name}${n}`);

test('a script for nearly all stages and tags is found by its tag', () => {
  const wishes: Wish[] = [{ scriptId: 'wide', stageIds: ['warm', ...some('stage')], tagIds: ['sensitive', ...some('tag')] }];
  expect(order(wishes)).toEqual(['wide']);
  expect(order(wishes, { stage: { stageId: 'won', name: '首购' } })).toEqual([]);
});

test('a day years away is a day like any other', () => {
  const wishes: Wish[] = [
    { scriptId: 'two years', daysSinceFollow: [730, 740] },
    { scriptId: 'from a month on', daysSinceFollow: [30, 2_147_483_647] },
    { scriptId: 'three years', daysSinceFollow: [1095, 1095] },
  ];
  expect(order(wishes, { followedAt: at('2024-06-04T10:00:00') }).toSorted()).toEqual(['from a month on', 'two years']);
});

test('what the guide and everybody use decides between scripts that fit equally', () => {
  const wishes: Wish[] = [{ scriptId: 'a' }, { scriptId: 'b', uses30d: 100 }, { scriptId: 'c' }];
  expect(order(wishes)).toEqual(['b', 'a', 'c']);
  expect(order(wishes, { guideUses: new Map([['c', 7]]) })[0]).toBe('c');
});

test('marketing that the guard would refuse goes behind everything that can be said now, and is gone for who opted out', () => {
  const wishes: Wish[] = [{ scriptId: 'any' }, { scriptId: 'offer', purpose: 'marketing', daysSinceOrder: [6, 9] }];
  expect(order(wishes)).toEqual(['offer', 'any']);
  expect(order(wishes, { marketingBlocked: true })).toEqual(['any', 'offer']);
  expect(order(wishes, { optedOut: true })).toEqual(['any']);
});

test("a store's and a guide's own scripts are offered to them alone", () => {
  const wishes: Wish[] = [
    { scriptId: 'ours', scope: 'store', storeIds: ['njxl'] },
    { scriptId: 'theirs', scope: 'store', storeIds: ['jajl'] },
    { scriptId: 'mine', scope: 'personal', ownerUserId: 'zhou' },
    { scriptId: 'hers', scope: 'personal', ownerUserId: 'qian' },
  ];
  expect(order(wishes).toSorted()).toEqual(['mine', 'ours']);
});

test('never more than six, and the same input gives the same order', () => {
  const wishes = Array.from({ length: 40 }, (_, n) => ({ scriptId: `s${n}` }));
  expect(order(wishes)).toHaveLength(6);
  expect(order(wishes)).toEqual(order(wishes.toReversed()));
});

test('a task due tomorrow morning is shown tonight, one for next week is not', () => {
  const tomorrow = { ...task, dueAt: at('2026-06-10T10:00:00') };
  const wishes: Wish[] = [{ scriptId: 'due', stageIds: ['won'] }];
  expect(order(wishes, { tasks: [tomorrow] })).toEqual([]);
  expect(rank(wishes, { tasks: [tomorrow], now: at('2026-06-09T22:30:00') })[0]?.due).toBe('明天 10:00 前');
});

test('what the guide wants to be reminded of comes back at its time, first, and until then not at all', () => {
  const tonight = { ...task, scriptId: 'put off', kind: 'reminder' as const, dueAt: at('2026-06-09T20:00:00') };
  const wishes: Wish[] = [{ scriptId: 'put off', answers: ['防晒'], stageIds: ['warm'] }, { scriptId: 'any' }];
  expect(order(wishes, { openQuestion: asked })).toEqual(['put off', 'any']);
  expect(order(wishes, { tasks: [tonight], openQuestion: asked })).toEqual(['any']);
  expect(order(wishes, { tasks: [{ ...tonight, scriptId: null }] })).toEqual(['put off', 'any']);
  expect(rank(wishes, { tasks: [tonight], now: tonight.dueAt }).map(({ id, meta }) => [id, meta])).toEqual([
    ['put off', '待办 · 使用回访'],
    ['any', '建议 · 使用回访'],
  ]);
  // Something else that is due with the same words is due all the same.
  expect(order(wishes, { tasks: [{ ...task, scriptId: 'put off' }, tonight] })).toEqual(['put off', 'any']);
});

test('what speaks of a product is for whoever bought it last, on its day and on any other', () => {
  const wishes: Wish[] = [
    { scriptId: 'serum week', daysSinceOrder: [6, 9], orderItems: ['精华'] },
    { scriptId: 'serum film', orderItems: ['精华', '安瓶'] },
    { scriptId: 'sunscreen', orderItems: ['防晒'] },
  ];
  const sunscreen = { at: calm.lastOrder?.at ?? '', item: '清透防晒' };
  expect(order(wishes)).toEqual(['serum week', 'serum film']);
  expect(order(wishes, { lastOrder: sunscreen })).toEqual(['sunscreen']);
  expect(rank(wishes, { lastOrder: sunscreen })[0]?.reason).toEqual({ kind: 'fact', text: '上次买了清透防晒 · 没发过' });
  expect(order(wishes, { lastOrder: null })).toEqual([]);
});

test('five thousand scripts are ranked in well under a millisecond', () => {
  const wishes = Array.from({ length: 5000 }, (_, n): Wish => {
    const kinds: Partial<Wish>[] = [
      {},
      { stageIds: ['warm'] },
      { tagIds: ['sensitive'] },
      { answers: ['防晒'] },
      { daysSinceOrder: [0, 30] },
    ];
    return { scriptId: `s${n}`, ...kinds[n % 5] };
  });
  const indexes = suggestionIndexes(catalogueOf(wishes));
  const run = () => rankSuggestions({ ...calm, openQuestion: asked }, indexesFor(indexes, who), (id) => indexes.byId.get(id));
  for (let n = 0; n < 200; n += 1) run();
  const begun = performance.now();
  for (let n = 0; n < 200; n += 1) run();
  expect((performance.now() - begun) / 200).toBeLessThan(1);
});
