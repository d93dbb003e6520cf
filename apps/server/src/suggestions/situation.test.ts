import { expect, test } from 'vitest';
import { stageToAdviseFor } from './situation.ts';

const stages = [
  { stageId: 'lost', name: '已流失', position: 0, kind: 'lost' as const, colour: 'grey' as const },
  { stageId: 'prospect', name: '潜在客户', position: 1, kind: 'open' as const, colour: 'grey' as const },
  { stageId: 'interested', name: '意向客户', position: 2, kind: 'open' as const, colour: 'grey' as const },
];

test('a customer is advised for by her stage', () => {
  expect(stageToAdviseFor(stages, 'interested')).toMatchObject({ stageId: 'interested', name: '意向客户' });
});

test('a customer of a minute ago, without a stage, gets what fits the first open one, and the words do not pretend', () => {
  expect(stageToAdviseFor(stages, null)).toEqual({ stageId: 'prospect', name: '还没分阶段' });
  expect(stageToAdviseFor([], null)).toBeNull();
});

test('a stage that was deleted says nothing', () => {
  expect(stageToAdviseFor(stages, 'gone')).toBeNull();
});
