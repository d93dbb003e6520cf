import fc from 'fast-check';
import { multipart } from '../scripts/test-console.ts';
import { writeTable } from '../scripts/write-table.ts';
import { nastyTexts } from './nasty-values.ts';

export const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const film = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom'), Buffer.alloc(600)]);
const gbk = Buffer.from([0xb1, 0xea, 0xcc, 0xe2, 0x2c, 0xcf, 0xfb, 0xcf, 0xa2, 0x31, 0x0a, 0xc4, 0xe3, 0x2c, 0xba, 0xc3]); // 标题,消息1 / 你,好

/** What people choose by mistake, and what attackers make: good files, cut ones, others under a wrong name. */
async function contents(): Promise<Buffer[]> {
  const table = await writeTable(
    'xlsx',
    ['标题', '消息1'],
    nastyTexts.filter((text) => text.length < 100).map((text) => [text, text]),
  );
  return [
    onePixel,
    onePixel.subarray(0, 40),
    film,
    table,
    table.subarray(0, table.length / 2),
    gbk,
    Buffer.from('标题,消息1\n=1+1,"没有配对'),
    Buffer.from('%PDF-1.7'),
    Buffer.from([0xff, 0xd8, 0xff]),
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0]),
    Buffer.alloc(0),
    Buffer.alloc(300_000, 0x41),
  ];
}

export type SentFile = { payload: Buffer; headers: Record<string, string> };

/** A file as a browser sends it, with the fields that our forms have, right or wrong. */
export async function nastyFiles(): Promise<fc.Arbitrary<SentFile>> {
  const names = [
    '话术.xlsx',
    '图.png',
    '片.mp4',
    'a.csv',
    '没有后缀',
    ...nastyTexts.filter((text) => text.length < 100 && !/["\r\n]/.test(text)),
  ];
  return fc
    .record({
      bytes: fc.constantFrom(...(await contents())),
      fileName: fc.constantFrom(...names),
      importId: fc.oneof(fc.uuid(), fc.constantFrom('', 'x', '0198c0de-0000-7000-8000-0000000000aa')),
      mode: fc.constantFrom('add', 'update', 'update', '', '\u0000'),
    })
    .map(({ bytes, fileName, importId, mode }) => multipart(fileName, bytes, { importId, mode }));
}
