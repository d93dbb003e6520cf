import { expect, test } from 'vitest';
import { titleFor } from './own-script.ts';

test('without a title the first sentence is one, short and whole in its characters', () => {
  expect(titleFor({ title: ' 留货 ', text: '给您留好了' })).toBe('留货');
  expect(titleFor({ title: '', text: '  给您留好了。周末来拿就行\n好的' })).toBe('给您留好了');
  expect(titleFor({ title: '', text: '👩‍👧好'.repeat(30) }).isWellFormed()).toBe(true);
  expect([...titleFor({ title: '', text: '好'.repeat(60) })]).toHaveLength(24);
  expect(titleFor({ title: '', text: '。。' })).toBe('。。');
});
