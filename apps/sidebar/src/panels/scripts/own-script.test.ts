import { expect, test } from 'vitest';
import { noteOn, titleFor } from './own-script.ts';

test('without a title the first sentence is one, short and whole in its characters', () => {
  expect(titleFor({ title: ' 留货 ', text: '给您留好了' })).toBe('留货');
  expect(titleFor({ title: '', text: '  给您留好了。周末来拿就行\n好的' })).toBe('给您留好了');
  expect(titleFor({ title: '', text: '👩‍👧好'.repeat(30) }).isWellFormed()).toBe(true);
  expect([...titleFor({ title: '', text: '好'.repeat(60) })]).toHaveLength(24);
  expect(titleFor({ title: '', text: '。。' })).toBe('。。');
});

test('a sentence that was called service and counts as marketing all the same is told so, with the words that make it one', () => {
  expect(noteOn({ purpose: 'marketing', offer: '8折' }, 'service')).toBe('存下了。里面有「8折」，按营销算，占触达次数。');
  expect(noteOn({ purpose: 'marketing', offer: '8折' }, 'marketing')).toBeNull();
  expect(noteOn({ purpose: 'service', offer: null }, 'service')).toBeNull();
});
