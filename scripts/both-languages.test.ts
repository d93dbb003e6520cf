import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** One thing that is said, in both languages: as it stands in the code, and what fills its blanks. */
type Pair = { place: string; chinese: string; english: string; blanks: [string, string] };

const nameOf = (property: ts.ObjectLiteralElementLike) =>
  property.name && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name)) ? property.name.text : null;

function valueOf(literal: ts.ObjectLiteralExpression, name: string): ts.Expression | null {
  const found = literal.properties.find((property) => nameOf(property) === name);
  return found && ts.isPropertyAssignment(found) ? found.initializer : null;
}

/** What a blank is filled from: `before` of `before['zh-CN']` and of `before.en`. */
function rootOf(expression: ts.Expression): string {
  if (ts.isPropertyAccessExpression(expression) || ts.isElementAccessExpression(expression)) return rootOf(expression.expression);
  if (ts.isCallExpression(expression)) return rootOf(expression.expression);
  return ts.isIdentifier(expression) ? expression.text : expression.getText();
}

function textOf(value: ts.Expression): { text: string; blanks: string } | null {
  if (ts.isStringLiteral(value) || ts.isNoSubstitutionTemplateLiteral(value)) {
    const named = [...value.text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    return { text: value.text, blanks: [...new Set(named)].toSorted().join() };
  }
  if (!ts.isTemplateExpression(value)) return null;
  return {
    text: [value.head.text, ...value.templateSpans.map(({ literal }) => literal.text)].join(' '),
    blanks: [...new Set(value.templateSpans.map(({ expression }) => rootOf(expression)))].toSorted().join(),
  };
}

function pairsIn(file: string): Pair[] {
  const whole = readFileSync(join(root, file), 'utf8');
  const code = file.endsWith('.vue') ? (/<script setup lang="ts">([\s\S]*?)<\/script>/.exec(whole)?.[1] ?? '') : whole;
  if (!code.includes("'zh-CN':")) return [];
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const pairs: Pair[] = [];
  function add(chinese: ts.Expression, english: ts.Expression): void {
    if (ts.isObjectLiteralExpression(chinese) && ts.isObjectLiteralExpression(english)) {
      for (const property of chinese.properties) {
        const name = nameOf(property);
        const [zh, en] = name === null ? [null, null] : [valueOf(chinese, name), valueOf(english, name)];
        if (zh && en) add(zh, en);
      }
      return;
    }
    const [zh, en] = [textOf(chinese), textOf(english)];
    const place = `${file}: ${english.getText().slice(0, 80)}`;
    if (zh && en) pairs.push({ place, chinese: zh.text, english: en.text, blanks: [zh.blanks, en.blanks] });
  }
  function look(node: ts.Node): void {
    if (ts.isObjectLiteralExpression(node)) {
      const [zh, en] = [valueOf(node, 'zh-CN'), valueOf(node, 'en')];
      if (zh && en) return add(zh, en);
    }
    ts.forEachChild(node, look);
  }
  look(source);
  return pairs;
}

const pairs = globSync('{apps,packages}/*/src/**/*.{ts,vue}', { cwd: root })
  .filter((file) => !/\.test(-data)?\.ts$/.test(file))
  .flatMap(pairsIn);

test('whatever is said in Chinese and in English has the same blanks in both', () => {
  expect(pairs.length).toBeGreaterThan(1_000);
  expect(pairs.filter(({ blanks: [zh, en] }) => zh !== en).map(({ place }) => place)).toEqual([]);
});

/** Places in WeCom's own console, which has no English. */
const ownNames =
  /我的企业|企业信息|企业ID|应用管理|自建|企业可信IP|客户联系|客户标签|可调用接口的应用|权限配置|使用范围|可见范围|网页授权及JS-SDK|网页授权|接收消息|设置API接收|外部联系人变更回调/g;

test('English keeps nothing in Chinese but the names of places in WeCom’s console, and what is quoted', () => {
  const left = pairs
    .filter(({ chinese, english }) => chinese !== english)
    .filter(({ english }) => /[\u3000-\u9fff\uff00-\uffef]/.test(english.replaceAll(/“[^”]*”|「[^」]*」/g, '').replaceAll(ownNames, '')));
  expect(left.map(({ place }) => place)).toEqual([]);
});

test('nothing is said in Chinese only by being empty in English', () => {
  expect(pairs.filter(({ chinese, english }) => chinese.trim() !== '' && english.trim() === '').map(({ place }) => place)).toEqual([]);
});
