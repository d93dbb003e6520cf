import { expect, test } from 'vitest';
import { movePart, newPart, partWithMedia } from './part-edits.ts';

test('a part let go between two others stands between them', () => {
  expect(movePart(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'a', 'c']);
  expect(movePart(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
});

test('let go before or behind itself it stays', () => {
  expect(movePart(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'b', 'c']);
  expect(movePart(['a', 'b', 'c'], 1, 2)).toEqual(['a', 'b', 'c']);
});

test('a picture, a video, a file and a mini program begin with what was chosen; a text and a link begin empty', () => {
  const media = { sha256: 'a'.repeat(64), fileName: 'a.png', byteSize: 1, contentType: 'image/png' };
  expect(newPart('image')).toBeNull();
  expect(partWithMedia('image', media)).toEqual({ kind: 'image', media });
  expect(partWithMedia('miniprogram', media)).toEqual({ kind: 'miniprogram', title: '', appId: '', page: '', cover: media });
  expect(newPart('link')?.kind).toBe('link');
});
