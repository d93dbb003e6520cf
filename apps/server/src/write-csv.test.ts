import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvCell, csvLine } from './write-csv.ts';

test('what a spreadsheet would calculate is written as text (T19)', () => {
  for (const text of [
    '=1+1',
    '+86 138',
    '-2',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =cmd',
    '\u200b=1',
    '\ufeff=1',
    '＝1',
    '＠x',
    '=HYPERLINK("http://x","y")',
  ])
    expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/);
  expect(csvLine(['林小姐', 'a=b', -3, null, '他说"好"', '一\n二'])).toBe('林小姐,a=b,-3,,"他说""好""","一\n二"\r\n');
});

test('whatever a cell holds, the line has as many cells as were given', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (cells) => {
      const quoted = csvLine(cells).replaceAll(/"(?:[^"]|"")*"/g, 'q');
      expect(quoted.split(',').length).toBe(cells.length);
      expect(quoted.slice(0, -2)).not.toMatch(/[\r\n]/);
    }),
  );
});
