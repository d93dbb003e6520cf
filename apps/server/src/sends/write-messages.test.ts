import type { Part } from '@nextline/contract';
import { expect, test } from 'vitest';
import { AppError } from '../errors.ts';
import { writeMessages, type Writing } from './write-messages.ts';

const media = { sha256: 'a'.repeat(64), fileName: '领取方式.png', byteSize: 10, contentType: 'image/png' };
const text = (words: string): Part => ({ kind: 'text', text: words });
const writing = (parts: Part[], more: Partial<Writing> = {}): Writing => ({
  parts,
  values: { 客户称呼: '林小姐' },
  defaults: {},
  fills: {},
  edits: [],
  publicUrl: 'https://nextline.example.com',
  ...more,
});

test('each kind of part becomes the message that the bridge wants', () => {
  const parts: Part[] = [
    text('{客户称呼}，试用装给您留了一份'),
    { kind: 'image', media },
    { kind: 'video', media: { ...media, fileName: '手法.mp4' } },
    { kind: 'file', media: { ...media, fileName: '成分表.pdf' } },
    { kind: 'link', title: '套组怎么选', description: '一张表看懂', url: 'https://suheng.example/618', cover: media },
    { kind: 'miniprogram', title: '会员积分', appId: 'wx5a3f0c9b7e2d4186', page: 'pages/points/index?from=chat', cover: media },
  ];
  const messages = writeMessages(
    writing(parts),
    new Map([
      [2, 'm2'],
      [3, 'm3'],
      [4, 'm4'],
    ]),
  );
  const imgUrl = `https://nextline.example.com/media/${media.sha256}`;
  expect(messages.map((part) => part.message)).toEqual([
    { msgtype: 'text', text: { content: '林小姐，试用装给您留了一份' } },
    { msgtype: 'image', image: { mediaid: 'm2' } },
    { msgtype: 'video', video: { mediaid: 'm3' } },
    { msgtype: 'file', file: { mediaid: 'm4' } },
    { msgtype: 'news', news: { link: 'https://suheng.example/618', title: '套组怎么选', desc: '一张表看懂', imgUrl } },
    {
      msgtype: 'miniprogram',
      miniprogram: { appid: 'wx5a3f0c9b7e2d4186', title: '会员积分', imgUrl, page: 'pages/points/index.html?from=chat' },
    },
  ]);
  expect(messages.map((part) => part.label)).toEqual([
    '林小姐，试用装给您留了一份',
    '图片：领取方式',
    '视频：手法',
    '文件：成分表',
    '链接：套组怎么选',
    '小程序：会员积分',
  ]);
});

test('variables without a value block, all of them named at once', () => {
  expect(() => writeMessages(writing([text('{上次购买}快用完了'), text('{积分}')]), new Map())).toThrow(
    expect.objectContaining({ code: 'variable.unresolved', details: { variables: ['上次购买', '积分'] } }),
  );
});

test('what the guide filled in and rewrote is what goes out', () => {
  const changed = { fills: { 上次购买: '舒缓精华' }, edits: [{ n: 2, text: '{客户称呼}，明天见' }] };
  const messages = writeMessages(writing([text('{上次购买}快用完了'), text('原话')], changed), new Map());
  expect(messages.map((part) => part.message)).toMatchObject([
    { text: { content: '舒缓精华快用完了' } },
    { text: { content: '林小姐，明天见' } },
  ]);
});

test('a picture cannot be rewritten', () => {
  expect(() => writeMessages(writing([{ kind: 'image', media }], { edits: [{ n: 1, text: 'x' }] }), new Map())).toThrow(AppError);
});
