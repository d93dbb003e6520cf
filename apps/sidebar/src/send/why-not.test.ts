import { expect, test } from 'vitest';
import { whyNot } from './why-not.ts';

const calm = { online: true, where: 'customer', panel: undefined, refused: false, busy: false };

test('each reason has its own sentence, and the nearest one is said', () => {
  expect(whyNot({ ...calm, where: 'browser', online: false })).toBe('在企业微信里打开才能发。');
  expect(whyNot({ ...calm, where: 'group' })).toContain('群聊');
  expect(whyNot({ ...calm, where: 'asking' })).toBe('还不知道在和谁聊，先不能发。');
  expect(whyNot({ ...calm, online: false })).toBe('网络断了，联网后能发。');
  expect(whyNot({ ...calm, refused: true })).toBe('你还没有加这位客户，发不了。');
  expect(whyNot(calm)).toBe('客户资料还没到，先不能发。');
});
