import type { ScriptContent } from '@nextline/contract';
import { expect, test } from 'vitest';
import { emptyContent } from '../empty-content.ts';
import { fillParts, variablesOf } from './personas.ts';

const content: ScriptContent = {
  ...emptyContent('care'),
  parts: [
    { kind: 'text', text: '{客户称呼}，{上次购买}用了一周啦' },
    { kind: 'link', title: '{门店}', description: '', url: 'https://a.example', cover: null },
  ],
  defaults: { 上次购买: '之前买的' },
};

test('without an order the default words stand in', () => {
  expect(fillParts(content, { 客户称呼: '林小姐', 上次购买: '' })).toEqual({
    parts: [{ kind: 'text', text: '林小姐，之前买的用了一周啦' }, content.parts[1]],
    missing: [],
  });
});

test('a variable with neither a value nor a default keeps its braces and is named', () => {
  const filled = fillParts({ ...content, defaults: {} }, { 客户称呼: '林小姐' });
  expect(filled.missing).toEqual(['上次购买']);
  expect(filled.parts[0]).toEqual({ kind: 'text', text: '林小姐，{上次购买}用了一周啦' });
});

test('the variables of a script are those of its texts', () => {
  expect(variablesOf(content)).toEqual(['客户称呼', '上次购买']);
});
