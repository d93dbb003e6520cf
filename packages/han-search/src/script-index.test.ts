import { expect, test } from 'vitest';
import { brandLibrary } from './brand-library.test-data.ts';
import { createScriptIndex, createScriptIndexInSlices } from './script-index.ts';
import type { SearchableScript } from './searchable-script.ts';

const index = createScriptIndex(brandLibrary);
const marked = (query: string, title: string): string[] => {
  const hit = index.search(query, { limit: 999 }).hits.find((one) => one.scriptId === title);
  return (hit?.titleRanges ?? []).map(([from, to]) => title.slice(from, to));
};
const script = (title: string, titlePinyin: string, more: Partial<SearchableScript> = {}): SearchableScript => ({
  scriptId: title,
  title,
  titlePinyin,
  keywords: [],
  body: '',
  folderName: '',
  ...more,
});

test('initials find every pair of characters that begins so, anywhere in a title, and mark exactly those', () => {
  const titles = [
    '618 红包怎么领',
    '老客回补提醒（空瓶前）',
    '新品海报：舒缓修护套组',
    '换包装了，成分没变',
    '空瓶回收，环保积分',
    '湖滨店会员日怎么去',
  ];
  const hits = index.search('hb').hits.map((hit) => hit.scriptId);
  for (const title of titles) expect(hits).toContain(title);
  expect(titles.map((title) => marked('hb', title))).toEqual([['红包'], ['回补'], ['海报'], ['换包'], ['环保'], ['湖滨']]);
});

test('initials of a word outrank those of two characters that only stand side by side, also for a guide who used these last', () => {
  const two = createScriptIndex([
    script('礼盒不另外收钱', 'li he bu ling wai shou qian', { body: '礼盒不另外收钱，包好寄给您' }),
    script('双12 红包怎么领', 'shuang 12 hong bao zen me ling', { body: '红包在店里领' }),
  ]);
  const { hits } = two.search('hb', { boost: (id) => (id.startsWith('礼盒') ? 1.05 : 1) });
  expect(hits.map((hit) => hit.scriptId)).toEqual(['双12 红包怎么领', '礼盒不另外收钱']);
});

test('first letters on both sides of a comma are not a word', () => {
  const two = createScriptIndex([script('空瓶回收，环保积分', 'kong ping hui shou huan bao ji fen')]);
  expect(two.search('sh').total).toBe(1);
  expect(two.search('shb').total).toBe(0);
});

test('a match runs across the space between a number and a word, and the space is not marked', () => {
  expect(marked('618hb', '618 红包怎么领')).toEqual(['618', '红包']);
});

test('the same words in a title outrank those in keywords, and those outrank the body', () => {
  const three = createScriptIndex([
    script('甲', 'jia', { body: '这里说到红包' }),
    script('乙', 'yi', { keywords: ['红包'] }),
    script('红包', 'hong bao'),
  ]);
  expect(three.search('红包').hits.map((hit) => [hit.scriptId, hit.via])).toEqual([
    ['红包', 'title'],
    ['乙', 'keyword'],
    ['甲', 'body'],
  ]);
  // The readings of the title teach how the keyword sounds.
  expect(three.search('hongbao').hits.map((hit) => [hit.scriptId, hit.via])).toEqual([
    ['红包', 'pinyin'],
    ['乙', 'keyword'],
    ['甲', 'body'],
  ]);
});

test.for(['hb', '618hb', 'hongbao'])('a hit for %s says where its body holds the words', (query) => {
  const hit = index.search(query).hits.find((one) => one.scriptId === '618 红包怎么领');
  const body = brandLibrary.find((one) => one.scriptId === '618 红包怎么领')?.body ?? '';
  expect(body.slice(...(hit?.bodyRange ?? []))).toBe('红包');
});

test('a boost reorders what is equal and leaves total and limit alone', () => {
  const plain = index.search('hb', { limit: 2 });
  const boosted = index.search('hb', { limit: 2, boost: (id) => (id === '花瓣面膜敷法 40 秒' ? 1.15 : 1) });
  expect(plain.hits[0]?.scriptId).not.toBe('花瓣面膜敷法 40 秒');
  expect(boosted.hits[0]?.scriptId).toBe('花瓣面膜敷法 40 秒');
  expect(boosted.total).toBe(plain.total);
  expect(boosted.hits).toHaveLength(2);
});

test('what is not accepted is neither returned nor counted', () => {
  const all = index.search('hb');
  const some = index.search('hb', { accept: (id) => id !== '618 红包怎么领' });
  expect(some.total).toBe(all.total - 1);
  expect(some.hits.map((hit) => hit.scriptId)).not.toContain('618 红包怎么领');
});

test('a hit found by its sound says how the marked characters sound', () => {
  expect(index.search('618hb').hits[0]?.sound).toBe('hong bao');
  expect(index.search('红包').hits[0]?.sound).toBeUndefined();
});

test('a right spelling never has to share the list with near misses', () => {
  expect(index.search('hongbao').hits.every((hit) => hit.via !== 'fuzzy')).toBe(true);
  expect(index.search('hongbap').hits[0]).toMatchObject({ scriptId: '618 红包怎么领', via: 'fuzzy', titleRanges: [[4, 6]] });
});

test('two characters that happen to stand side by side do not make a hit', () => {
  expect(index.search('用了一周').hits.map((hit) => hit.scriptId)).not.toContain('新品试用装领取');
});

test('what nobody wrote is not found', () => {
  for (const query of ['量子力学', 'xqzw', 'kubernetes', '　', '？！', '\u202e\u200d']) expect(index.search(query).total).toBe(0);
});

test('titlePinyin written either way, or missing, or too short, gives each Han character its own syllable or none', () => {
  const letters = script('SPF50 防晒', 's p f 5 0 fang shai');
  const words = script('SPF50 防晒', 'spf50 fang shai');
  const none = script('SPF50 防晒', '');
  expect([letters, words, none].map((one) => createScriptIndex([one]).search('spf50fs').total)).toEqual([1, 1, 0]);
  expect(createScriptIndex([script('防晒', 'fang')]).search('fang').total).toBe(1);
});

test('an index built in slices answers like one built at once, and lets the page breathe meanwhile', async () => {
  const many = Array.from({ length: 40 }, (_, round) =>
    brandLibrary.map((one) => ({ ...one, scriptId: `${round}/${one.scriptId}` })),
  ).flat();
  let turns = 0;
  const turn = setInterval(() => (turns += 1), 0);
  const sliced = await createScriptIndexInSlices(many, { sliceMs: 2 });
  clearInterval(turn);
  expect(turns).toBeGreaterThan(2);
  expect(sliced.search('618hb')).toEqual(createScriptIndex(many).search('618hb'));
});

test('an index that is no longer wanted stops being built', async () => {
  const many = Array.from({ length: 40 }, () => brandLibrary).flat();
  const stop = new AbortController();
  const building = createScriptIndexInSlices(many, { sliceMs: 1, signal: stop.signal });
  stop.abort();
  await expect(building).rejects.toThrow(/no longer wanted/);
});
