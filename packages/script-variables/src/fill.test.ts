import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fill, variablesIn, withDefaults } from './fill.ts';

test('puts the customer and the product into the sentence', () => {
  const filled = fill('{客户称呼}，{上次购买}用了一周啦', { 客户称呼: '林小姐', 上次购买: '舒缓精华' });
  expect(filled.text).toBe('林小姐，舒缓精华用了一周啦');
  expect(filled.unresolved).toEqual([]);
  expect(filled.segments.map((segment) => segment.kind)).toEqual(['filled', 'plain', 'filled', 'plain']);
});

test('an empty value is a hole that blocks, named once however often it appears', () => {
  const filled = fill('{上次购买}快用完了？{上次购买}补一支', { 上次购买: '' });
  expect(filled.unresolved).toEqual(['上次购买']);
  expect(filled.text).toBe('{上次购买}快用完了？{上次购买}补一支');
});

test('a name inherited from Object is not a value', () => {
  expect(fill('{constructor}', {}).unresolved).toEqual(['constructor']);
});

test('braces that name nothing stay as they were written', () => {
  expect(fill('a{}b{\n}c', {}).text).toBe('a{}b{\n}c');
  expect(variablesIn('a{}b{\n}c')).toEqual([]);
});

test('a value is never filled again, whatever it contains', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (value) => {
      expect(fill('{门店}', { 门店: value, x: 'no' }).text).toBe(value);
    }),
  );
});

test("a script's own words stand in for what is empty, and never for what is known", () => {
  const defaults = { 上次购买: '之前买的', 门店: '店里' };
  expect(fill('{上次购买}用完了来{门店}', withDefaults({ 上次购买: '', 门店: '南京西路店' }, defaults)).text).toBe(
    '之前买的用完了来南京西路店',
  );
  expect(fill('{积分}', withDefaults({}, defaults)).unresolved).toEqual(['积分']);
});
