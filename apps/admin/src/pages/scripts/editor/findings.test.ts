import type { ScriptContent, ScriptFinding } from '@nextline/contract';
import { expect, test } from 'vitest';
import { emptyContent } from './empty-content.ts';
import { findingsUnder, followSpan, liveFindings, marksOf, textAt, withFix } from './findings.ts';

const contentOf = (text: string): ScriptContent => ({ ...emptyContent('care'), parts: [{ kind: 'text', text }] });
const forbidden: ScriptFinding = {
  field: 'parts.0.text',
  level: 'warning',
  code: 'word.forbidden',
  sentence: '「最有效」是绝对化用语',
  from: 2,
  to: 5,
  replaceWith: '挺管用',
};

test('the words of a finding are found again when something was typed before or behind them', () => {
  expect(followSpan('这是最有效的', '这是最有效的办法', { from: 2, to: 5 })).toEqual({ from: 2, to: 5 });
  expect(followSpan('这是最有效的', '您看，这是最有效的', { from: 2, to: 5 })).toEqual({ from: 5, to: 8 });
});

test('a finding whose words were typed over is gone until the next check', () => {
  expect(followSpan('这是最有效的', '这是最管用的', { from: 2, to: 5 })).toBeNull();
  expect(liveFindings([forbidden], contentOf('这是最有效的'), contentOf('这是很有效的'))).toEqual([]);
});

test('what was said of a field as a whole is gone as soon as something else stands in it', () => {
  const empty: ScriptFinding = { ...forbidden, level: 'error', code: 'text.empty', from: null, to: null, replaceWith: null };
  expect(liveFindings([empty], contentOf(''), contentOf(''))).toHaveLength(1);
  expect(liveFindings([empty], contentOf(''), contentOf('您好'))).toEqual([]);
  expect(liveFindings([{ ...empty, field: 'parts' }], contentOf(''), contentOf('您好'))).toHaveLength(1);
});

test('one tap puts the better word where the bad one stands now, not where it stood when it was checked', () => {
  const now = contentOf('您看，这是最有效的');
  const [finding] = liveFindings([forbidden], contentOf('这是最有效的'), now);
  const fixed = finding && withFix(now, finding);
  expect(fixed && textAt(fixed, 'parts.0.text')).toBe('您看，这是挺管用的');
  expect(textAt(now, 'parts.0.text')).toBe('您看，这是最有效的');
});

test('.html is added at the end of a page path', () => {
  const content: ScriptContent = {
    ...emptyContent('care'),
    parts: [
      {
        kind: 'miniprogram',
        title: '肤质三问',
        appId: 'wx1',
        page: 'pages/quiz',
        cover: { sha256: 'c'.repeat(64), fileName: 'q.png', byteSize: 9, contentType: 'image/png' },
      },
    ],
  };
  const missing: ScriptFinding = { ...forbidden, field: 'parts.0.page', from: 10, to: 10, replaceWith: '.html' };
  const [finding] = liveFindings([missing], content, content);
  const fixed = finding && withFix(content, finding);
  expect(fixed && textAt(fixed, 'parts.0.page')).toBe('pages/quiz.html');
  expect(finding && marksOf([finding])).toEqual([]);
});

test('findings are told apart by the part they belong to, also when there are ten', () => {
  const live = [1, 10].map((part) => ({ ...forbidden, field: `parts.${part}.text`, span: null }));
  expect(findingsUnder(live, 'parts.1').map(({ field }) => field)).toEqual(['parts.1.text']);
});

test('a path that leads nowhere has no text', () => {
  expect(textAt(contentOf('a'), 'parts.3.text')).toBeNull();
  expect(textAt(contentOf('a'), 'constructor.name')).toBeNull();
});
