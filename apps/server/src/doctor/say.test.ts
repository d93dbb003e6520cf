import { expect, test } from 'vitest';
import { inWords, say } from './say.ts';
import { sentences } from './sentences.ts';

const blanks = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').toSorted();

test('a sentence has the same blanks in both languages', () => {
  const unlike = Object.entries(sentences).filter(([, said]) => String(blanks(said['zh-CN'])) !== String(blanks(said.en)));
  expect(unlike).toEqual([]);
});

test('English keeps nothing in Chinese but the names that stand in the console of WeCom', () => {
  const inConsole =
    /我的企业|企业信息|企业ID|应用管理|自建|企业可信IP|客户联系|可调用接口的应用|权限配置|使用范围|可见范围|网页授权及JS-SDK|网页授权|接收消息|设置API接收|外部联系人变更回调|体检|同步/g;
  const left = Object.entries(sentences).filter(([, { en }]) => /[\u3000-\u9fff\uff00-\uffef]/.test(en.replaceAll(inConsole, '')));
  expect(left).toEqual([]);
});

test('a blank takes a sentence, or several in a row, in the language that is spoken, and what fills it as it is', () => {
  const because = say('because.address');
  expect([inWords(say('hidden', { because }), 'zh-CN'), inWords(say('hidden', { because }), 'en')]).toEqual([
    '现在测不到：服务器的 IP 被企业微信挡住了。',
    'Cannot be tested now: WeCom turns the server’s IP away.',
  ]);
  const names = ['$&', '{place}', say('name', { name: '周以宁', id: 'zhou' })];
  expect(inWords(say('visible_range.asked', { names }), 'zh-CN')).toBe('要问的成员：$&、{place}、周以宁（zhou）');
  expect(inWords(say('visible_range.asked', { names }), 'en')).toBe('To be asked about: $&, {place}, 周以宁 (zhou)');
});

test('a blank that is not filled does not compile', () => {
  // @ts-expect-error `because` is not given.
  expect(inWords(say('hidden', {}), 'en')).toContain('{because}');
});
