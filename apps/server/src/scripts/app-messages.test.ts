import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piecesOf } from './app-messages.ts';

test('a long text comes in pieces that together are the text, none too long and none within a letter', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('好', 'a', 'é', '👩‍👧', '\n'), minLength: 1, maxLength: 200 }),
      fc.integer({ min: 8, max: 40 }),
      (text, most) => {
        const pieces = piecesOf(text, most);
        expect(pieces.join('')).toBe(text);
        for (const piece of pieces) {
          expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(most);
          expect(piece.isWellFormed() || !text.isWellFormed()).toBe(true);
        }
      },
    ),
  );
});

test('it is cut where a line ends, if one does', () => {
  expect(piecesOf('第一行写完了\n第二行', 24)).toEqual(['第一行写完了\n', '第二行']);
  expect(piecesOf('短', 24)).toEqual(['短']);
});
