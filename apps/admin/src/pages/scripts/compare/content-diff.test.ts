import type { Part, ScriptContent } from '@nextline/contract';
import { expect, test } from 'vitest';
import { emptyContent } from '../editor/empty-content.ts';
import { diffContent, type Setting, settings, type SettingWords } from './content-diff.ts';

const none = Object.fromEntries(settings.map((setting) => [setting, ''])) as Record<Setting, string>;
const words: SettingWords = (content) => ({ ...none, title: content.title, stages: content.fit.stageIds.join('、') });

const text = (words: string): Part => ({ kind: 'text', text: words });
const image = (name: string, sha256: string): Part => ({
  kind: 'image',
  media: { sha256: sha256.repeat(64), fileName: name, byteSize: 1000, contentType: 'image/png' },
});
const quiz: Part = {
  kind: 'miniprogram',
  title: '肤质三问',
  appId: 'wx1',
  page: 'pages/quiz.html',
  cover: { sha256: 'c'.repeat(64), fileName: 'quiz.png', byteSize: 9, contentType: 'image/png' },
};
const contentOf = (parts: Part[], change: Partial<ScriptContent> = {}): ScriptContent => ({ ...emptyContent('care'), parts, ...change });
const told = (before: Part[], after: Part[]) =>
  diffContent(contentOf(before), contentOf(after), words).parts.map(({ number, kind, change, moved }) => [number, kind, change, moved]);

test('tells per part whether it is new, changed or as it was', () => {
  expect(told([text('您的精华用了一周'), image('a.png', 'a')], [text('{上次购买}用了一周'), image('a.png', 'a'), quiz])).toEqual([
    [1, 'text', 'changed', false],
    [2, 'image', 'same', false],
    [3, 'miniprogram', 'added', false],
  ]);
});

test('a part that was only moved is not told as removed and added', () => {
  expect(told([text('一'), image('a.png', 'a'), text('三')], [image('a.png', 'a'), text('一'), text('三')])).toEqual([
    [1, 'image', 'same', false],
    [2, 'text', 'same', true],
    [3, 'text', 'same', false],
  ]);
});

test('a removed part is told at the place where it stood', () => {
  expect(told([text('一'), image('a.png', 'a'), text('三')], [text('一'), text('三')])).toEqual([
    [1, 'text', 'same', false],
    [2, 'image', 'removed', false],
    [2, 'text', 'same', false],
  ]);
});

test('another picture under the same file name is a change', () => {
  const [part] = diffContent(contentOf([image('a.png', 'a')]), contentOf([image('a.png', 'b')]), words).parts;
  expect(part?.fields).toEqual([
    {
      field: 'media',
      runs: [
        { kind: 'removed', text: 'a.png' },
        { kind: 'added', text: 'a.png' },
      ],
    },
  ]);
});

test('settings are told in words, and only those that changed', () => {
  const before = contentOf([], { fit: { ...emptyContent('care').fit, stageIds: ['意向客户'] } });
  const after = contentOf([], { fit: { ...emptyContent('care').fit, stageIds: ['意向客户', '已成交'] } });
  expect(diffContent(before, after, words).settings).toEqual([
    {
      setting: 'stages',
      runs: [
        { kind: 'removed', text: '意向客户' },
        { kind: 'added', text: '意向客户、已成交' },
      ],
    },
  ]);
});
