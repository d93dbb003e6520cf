import { expect, test } from 'vitest';
import { brandLibrary } from './brand-library.test-data.ts';
import { createScriptIndex } from './script-index.ts';
import type { SearchableScript } from './searchable-script.ts';

// Targets of the product: 5,000 scripts indexed within 400 ms, a keystroke within 16 ms at the 95th percentile. The bounds asserted here are wide enough for
// a busy machine and still far below what a quadratic mistake costs.
const many: SearchableScript[] = Array.from({ length: 5000 }, (_, at) => {
  const one = brandLibrary[(at * 7) % brandLibrary.length];
  const two = brandLibrary[(at * 13 + Math.floor(at / 120)) % brandLibrary.length];
  if (!one || !two) throw new Error('the library is empty');
  return {
    scriptId: String(at),
    title: `${two.title.slice(0, 4)}${one.title}`,
    titlePinyin: `${two.titlePinyin.split(' ').slice(0, 4).join(' ')} ${one.titlePinyin}`,
    keywords: [...one.keywords, ...two.keywords],
    body: `${one.body}${two.body}第 ${at} 条`,
    folderName: one.folderName,
  };
});

const typed = [
  '红包怎么领',
  'hongbaozenmeling',
  '618hb',
  'hb',
  '敏感肌能不能用酸',
  'huanjifanhong',
  'nanjinxilu',
  'qqqqzzzz',
  'retinal',
  '发票抬头税号 快递 hongbao spf50',
  '会员积分能换什么，什么时候过期，怎么升级金卡，金卡有什么护理可以约，生日月礼包怎么领，换绑手机号要什么',
];

const milliseconds = (work: () => void): number => {
  const from = performance.now();
  work();
  return performance.now() - from;
};
const quantile = (sorted: readonly number[], share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;

test('5,000 scripts are indexed quickly and every keystroke is answered within a frame', { timeout: 60_000 }, () => {
  // The best of three: a neighbour on the same machine is not what is measured. Each on an index of its own, which remembers nothing of the others.
  const indexes = [1, 2, 3].map(() => {
    let index = createScriptIndex([]);
    const took = milliseconds(() => (index = createScriptIndex(many)));
    while (index.readAhead());
    return { took, index };
  });
  const building = Math.min(...indexes.map(({ took }) => took));
  const keystrokes = typed.flatMap((query) => Array.from(query, (_, at) => query.slice(0, at + 1)));
  const rounds = indexes.map(({ index }) => keystrokes.map((query) => milliseconds(() => index.search(query))));
  const times = keystrokes.map((_, at) => Math.min(...rounds.map((round) => round[at] ?? Infinity))).sort((a, b) => a - b);
  const p95 = quantile(times, 0.95);
  process.stdout.write(
    `han-search, 5,000 scripts: index ${building.toFixed(0)} ms; ${times.length} keystrokes, p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, max ${quantile(times, 1).toFixed(1)} ms\n`,
  );
  expect(building).toBeLessThan(2000);
  expect(p95).toBeLessThan(80);
});
