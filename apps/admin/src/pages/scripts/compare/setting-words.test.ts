import { expect, test } from 'vitest';
import { computed } from 'vue';
import { emptyContent } from '../editor/empty-content.ts';
import { settingWordsFor } from './setting-words.ts';

const nobody = { stages: computed(() => []), tagGroups: computed(() => []), stores: computed(() => []), guides: computed(() => []) };

test('when a script is offered reads as words, never as the fields of a record', () => {
  const content = emptyContent('care');
  const said = settingWordsFor(nobody, []);
  expect(said(content)).toMatchObject({ answers: '', timing: '' });
  const fit = { ...content.fit, answers: ['能退吗', '退货'], orderItems: ['精华'], daysSinceOrder: [3, 5] as [number, number] };
  expect(said({ ...content, fit: { ...fit, silentDays: 30, daysSinceFollow: [1, 1] } })).toMatchObject({
    answers: '能退吗、退货',
    timing: '加好友后第 1 到 1 天、下单后第 3 到 5 天、买的是 精华、满 30 天没互动',
  });
});
