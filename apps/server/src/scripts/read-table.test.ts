import { deflateRawSync, crc32 } from 'node:zlib';
import writeXlsxFile from 'write-excel-file/node';
import { expect, test } from 'vitest';
import { unguarded } from './formula-guard.ts';
import { readTable, UnreadableTable } from './read-table.ts';
import { writeTable } from './write-table.ts';

const cellsOf = async (bytes: Buffer) => (await readTable(bytes)).lines.map(({ row, cells }) => [row, Object.fromEntries(cells)]);
const why = (bytes: Buffer) =>
  readTable(bytes).then(
    () => 'was read',
    (error: unknown) => (error instanceof UnreadableTable ? error.message : String(error)),
  );

/** A zip of one deflated file after another; `claims` is the size that the archive says it unpacks to. */
function zip(files: Record<string, Buffer>, claims?: number): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, bytes] of Object.entries(files)) {
    const packed = deflateRawSync(bytes);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(crc32(bytes), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(claims ?? bytes.length, 18);
    head.writeUInt16LE(name.length, 22);
    local.push(Buffer.from('PK\u0003\u0004'), head, Buffer.from(name), packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    central.push(Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), head, tail, Buffer.from(name));
    at += 4 + head.length + name.length + packed.length;
  }
  const end = Buffer.alloc(18);
  const count = Object.keys(files).length;
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(Buffer.concat(central).length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...local, ...central, Buffer.from('PK\u0005\u0006'), end]);
}

const workbook = Buffer.from('<workbook xmlns:r="r"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>');
const relations = Buffer.from('<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>');
const book = (sheet: string | Buffer, claims?: number) =>
  zip({ 'xl/workbook.xml': workbook, 'xl/_rels/workbook.xml.rels': relations, 'xl/worksheets/sheet1.xml': Buffer.from(sheet) }, claims);

test('both formats give every cell back as it was written', async () => {
  const texts = ['=1+1', "'a", ' 空 格 ', '两\n行', '"引号",逗号', '👩‍👩‍👧', '0123e4', '2026-06-01', '_x', ''];
  for (const format of ['xlsx', 'csv'] as const) {
    const bytes = await writeTable(
      format,
      ['标题', '消息1'],
      texts.map((text, n) => [`t${n}`, text]),
    );
    expect((await readTable(bytes)).lines.map(({ cells }) => unguarded(cells.get('消息1') ?? ''))).toEqual(texts);
  }
});

test('GBK, UTF-16 and tabs are read right', async () => {
  const gbk = Buffer.concat([
    Buffer.from([0xb1, 0xea, 0xcc, 0xe2]),
    Buffer.from(',a\r\n'),
    Buffer.from([0xc4, 0xe3, 0xba, 0xc3]),
    Buffer.from(',b\r\n'),
  ]);
  expect(await cellsOf(gbk)).toEqual([[2, { 标题: '你好', a: 'b' }]]);
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('标题\ta\n你好\tb\n', 'utf16le')]);
  expect(await cellsOf(utf16)).toEqual([[2, { 标题: '你好', a: 'b' }]]);
});

test('columns with English names are the same columns', async () => {
  expect(await cellsOf(Buffer.from('key, title ,Message  1,ours\nk,t,m,o\n'))).toEqual([
    [2, { 编号: 'k', 标题: 't', 消息1: 'm', ours: 'o' }],
  ]);
  expect(await why(Buffer.from('标题,Title\n1,2\n'))).toContain('标题 / Title');
});

test('a title above the columns, empty lines and merged cells are read as people see them', async () => {
  const sheet = `<worksheet><sheetData>
    <row r="1"><c r="A1" t="inlineStr"><is><t>素蘅话术表</t></is></c></row>
    <row r="3"><c r="A3" t="inlineStr"><is><t>文件夹</t></is></c><c r="B3" t="inlineStr"><is><t>标题</t></is></c></row>
    <row r="4"><c r="A4" t="inlineStr"><is><t>售后</t></is></c><c r="B4" t="inlineStr"><is><t>一</t></is></c></row>
    <row r="5"><c r="B5"><v>618</v></c></row></sheetData>
    <mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A4:A5"/></mergeCells></worksheet>`;
  expect(await cellsOf(book(sheet))).toEqual([
    [4, { 文件夹: '售后', 标题: '一' }],
    [5, { 文件夹: '售后', 标题: '618' }],
  ]);
});

test('what is no table is told as what it is', async () => {
  expect(await why(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]))).toContain('这是一张图片');
  expect(await why(Buffer.from('%PDF-1.4'))).toContain('PDF');
  expect(await why(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))).toContain('.xls');
  expect(await why(Buffer.alloc(0))).toContain('空的');
  expect(await why(zip({ 'word/document.xml': Buffer.from('<a/>') }))).toContain('里面不是表格');
  expect(await why(Buffer.from('PK\u0003\u0004 broken'))).toContain('打不开');
  expect(await why(book('<worksheet><sheetData><row>'))).toContain('打不开');
  expect(await why(Buffer.from('a,b\n1,2\n'))).toContain('没找到「标题」');
  expect(await why(Buffer.from('标题,标题\n1,2\n'))).toContain('有两列');
  expect(await why(Buffer.from('标题\n'))).toContain('只有列名');
  expect(await why(Buffer.from([0x81, 0x20, 0xff, 0xfe, 0x00]))).toMatch(/编码|不是表格/);
  expect(await why(Buffer.from('标题,a\n"没有配对,b\n'))).toContain('引号');
});

test('a bomb is not unpacked, whatever it says about its size', async () => {
  const bomb = Buffer.alloc(200 * 1024 * 1024, 0x20);
  expect(await why(book(bomb))).toContain('太大');
  const before = process.memoryUsage().arrayBuffers;
  expect(await why(book(bomb, 1000))).toMatch(/太大|打不开/);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150 * 1024 * 1024);
});

test('a thousand merged areas as large as the sheet are refused, not filled', async () => {
  const head = '<row r="1"><c r="A1" t="inlineStr"><is><t>标题</t></is></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>';
  const areas = '<mergeCell ref="A1:IV1048576"/>'.repeat(1000);
  const begun = performance.now();
  expect(await why(book(`<worksheet><sheetData>${head}</sheetData><mergeCells>${areas}</mergeCells></worksheet>`))).toContain('太大');
  expect(performance.now() - begun).toBeLessThan(2_000);
});

test('lines that are only framed do not count as lines', async () => {
  const framed = Array.from({ length: 100_000 }, (_, n) => `<row r="${n + 3}"><c r="A${n + 3}" s="1"/></row>`).join('');
  const rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>标题</t></is></c></row><row r="2"><c r="A2"><v>618</v></c></row>';
  expect(await cellsOf(book(`<worksheet><sheetData>${rows}${framed}</sheetData></worksheet>`))).toEqual([[2, { 标题: '618' }]]);
});

test('200,000 lines are refused with how many are too many', async () => {
  expect(await why(Buffer.from(`标题\n${'一\n'.repeat(200_000)}`))).toContain('20000');
  const rows = Array.from({ length: 200_000 }, (_, n) => `<row r="${n + 1}"><c t="inlineStr"><is><t>标题</t></is></c></row>`).join('');
  expect(await why(book(`<worksheet><sheetData>${rows}</sheetData></worksheet>`))).toContain('20000');
});

test('a table of another program opens: shared strings with phonetics and rich text, numbers, prefixes', async () => {
  const bytes = await writeXlsxFile([
    ['标题', '消息1'],
    ['一', 5],
    [true, '三'],
  ]).toBuffer();
  expect(await cellsOf(bytes)).toEqual([
    [2, { 标题: '一', 消息1: '5' }],
    [3, { 标题: '是', 消息1: '三' }],
  ]);
  const strings =
    '<x:sst xmlns:x="x"><x:si><x:r><x:t>标</x:t></x:r><x:r><x:t>题</x:t></x:r><x:rPh><x:t>biao</x:t></x:rPh></x:si><x:si><x:t>一_x000D_</x:t></x:si></x:sst>';
  const sheet =
    '<x:worksheet xmlns:x="x"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c></x:row><x:row><x:c t="s"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>';
  const bytes2 = zip({
    'xl/workbook.xml': workbook,
    'xl/_rels/workbook.xml.rels': relations,
    'xl/worksheets/sheet1.xml': Buffer.from(sheet),
    'xl/sharedStrings.xml': Buffer.from(strings),
  });
  expect(await cellsOf(bytes2)).toEqual([[2, { 标题: '一\r' }]]);
});
