import { inflateRawSync } from 'node:zlib';
import { type SaxesTagPlain, SaxesParser } from 'saxes';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import type { Sentence } from '../sentence.ts';

/** Why a table cannot be read; a sentence for who uploaded it. */
export class UnreadableTable extends Error {
  override readonly name = 'UnreadableTable';
  readonly sentence: Sentence;

  constructor(sentence: Sentence) {
    super(sentence['zh-CN']);
    this.sentence = sentence;
  }
}

/** Rows as text, by row and column; empty rows and cells are holes. `merged`: from the first cell of each area, [top, left, bottom, right]. */
type Grid = { rows: string[][]; merged: [number, number, number, number][] };

/** A table of 20,000 scripts is some 30 MB of XML. What unpacks to more is a mistake or an attack. */
const mostUnpacked = 64 * 1024 * 1024;
const mostEntries = 1000;
/** What merged areas may fill in all: a thousand areas as large as the sheet would keep the server busy for hours. */
const mostMerged = 1_000_000;
export const tooLarge = () =>
  new UnreadableTable({
    'zh-CN': '这个表解压后太大了，读不了。只留话术那一页，分几次导入。',
    en: 'Unpacked, this table is too large to read. Keep only the sheet with the scripts and import it in several parts.',
  });
const broken = () =>
  new UnreadableTable({
    'zh-CN': '这个 .xlsx 打不开，可能坏了。用 Excel 或 WPS 打开，另存一份再传。',
    en: 'This .xlsx cannot be opened, it may be damaged. Open it in Excel or WPS and save it anew.',
  });

function openZip(bytes: Buffer): Promise<ZipFile> {
  return new Promise((done, failed) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, zip) => (error ? failed(broken()) : done(zip)));
  });
}

function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((done, failed) => {
    const entries = new Map<string, Entry>();
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName, entry);
      if (entries.size > mostEntries) failed(tooLarge());
      else zip.readEntry();
    });
    zip.once('end', () => done(entries));
    zip.once('error', () => failed(broken()));
    zip.readEntry();
  });
}

/** Unpacks one file of the archive, and no more of it than is left of the budget, whatever the archive says about its size. */
function createUnpacker(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
  let left = mostUnpacked;
  return async (name: string): Promise<string | null> => {
    const entry = entries.get(name);
    if (!entry) return null;
    if (entry.uncompressedSize > left) throw tooLarge();
    const packed = await new Promise<Buffer>((done, failed) => {
      zip.openReadStream(entry, { decompress: entry.compressionMethod === 8 ? false : null }, (error, stream) => {
        if (error) return failed(broken());
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.once('end', () => done(Buffer.concat(chunks)));
        stream.once('error', () => failed(broken()));
      });
    });
    let bytes: Buffer;
    try {
      bytes = entry.compressionMethod === 8 ? inflateRawSync(packed, { maxOutputLength: left }) : packed;
    } catch (error) {
      throw error instanceof RangeError ? tooLarge() : broken();
    }
    left -= bytes.length;
    if (left < 0) throw tooLarge();
    return bytes.toString('utf8');
  };
}

type Handlers = { open?: (tag: SaxesTagPlain) => void; close?: (name: string) => void; text?: (text: string) => void };

const local = (name: string) => name.slice(name.indexOf(':') + 1);

/** Names without their prefix: some programs write `x:row`. Entities that a document declares for itself are not known and end the reading. */
function parseXml(xml: string, { open, close, text }: Handlers): void {
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', () => {
    throw broken();
  });
  parser.on('opentag', (tag) => open?.({ ...tag, name: local(tag.name) }));
  parser.on('closetag', (tag) => close?.(local(tag.name)));
  if (text) {
    parser.on('text', text);
    parser.on('cdata', text);
  }
  parser.write(xml).close();
}

/** `_x000D_` is how a table writes a character that XML cannot hold. */
const unescaped = (text: string) =>
  text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

function readSharedStrings(xml: string): string[] {
  const strings: string[] = [];
  let current = '';
  let inText = false;
  let phonetic = 0;
  parseXml(xml, {
    open({ name }) {
      if (name === 'si') current = '';
      if (name === 'rPh') phonetic += 1;
      if (name === 't') inText = phonetic === 0;
    },
    close(name) {
      if (name === 'si') strings.push(unescaped(current));
      if (name === 'rPh') phonetic -= 1;
      if (name === 't') inText = false;
    },
    text(text) {
      if (inText) current += text;
    },
  });
  return strings;
}

/** `AB12` → [11, 27], counted from 0. */
function placeOf(reference: string): [number, number] | null {
  const [, letters, digits] = /^([A-Z]{1,3})(\d{1,7})$/.exec(reference) ?? [];
  if (letters === undefined || digits === undefined) return null;
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return [Number(digits) - 1, column];
}

const mostColumns = 256;

function readSheet(xml: string, strings: readonly string[], mostRows: number): Grid {
  const rows: string[][] = [];
  const merged: Grid['merged'] = [];
  let row = -1;
  let column = -1;
  let type = '';
  let value = '';
  let taking = false;
  let counted = 0;
  parseXml(xml, {
    open({ name, attributes }) {
      const attribute = (key: string) => String(attributes[key] ?? '');
      if (name === 'row') {
        row = attribute('r') === '' ? row + 1 : Number(attribute('r')) - 1;
        column = -1;
        if (row >= 1_048_576) throw broken();
      } else if (name === 'c') {
        column = placeOf(attribute('r'))?.[1] ?? column + 1;
        type = attribute('t');
        value = '';
      } else if (name === 'v' || name === 't') taking = true;
      else if (name === 'mergeCell') {
        const [from, to] = attribute('ref').split(':').map(placeOf);
        if (from && to) merged.push([...from, ...to]);
      }
    },
    close(name) {
      if (name === 'v' || name === 't') taking = false;
      if (name !== 'c' || value === '' || row < 0 || column >= mostColumns) return;
      // Lines that only carry a border or a colour do not count: many a table is framed to the end of the sheet.
      if (rows[row] === undefined) counted += 1;
      if (counted > mostRows)
        throw new UnreadableTable({
          'zh-CN': `表里超过 ${mostRows - 20} 行，一次最多导入这么多。分成几个表再传。`,
          en: `The table has more than ${mostRows - 20} rows, and no more can be imported at once. Split it.`,
        });
      const line = (rows[row] ??= []);
      line[column] = type === 's' ? (strings[Number(value)] ?? '') : type === 'b' ? (value === '1' ? '是' : '否') : unescaped(value);
    },
    text(text) {
      if (taking) value += text;
    },
  });
  return { rows, merged };
}

async function firstSheet(unpack: (name: string) => Promise<string | null>): Promise<string | null> {
  const workbook = await unpack('xl/workbook.xml');
  const relations = await unpack('xl/_rels/workbook.xml.rels');
  let wanted: string | null = null;
  if (workbook !== null)
    parseXml(workbook, {
      open({ name, attributes }) {
        if (name === 'sheet' && attributes['state'] !== 'hidden') wanted ??= String(attributes['r:id'] ?? '');
      },
    });
  let target: string | null = null;
  if (relations !== null)
    parseXml(relations, {
      open({ name, attributes }) {
        if (name === 'Relationship' && attributes['Id'] === wanted) target = String(attributes['Target'] ?? '');
      },
    });
  const path = target === null ? 'xl/worksheets/sheet1.xml' : String(target).replace(/^\//, '');
  return unpack(path.startsWith('xl/') ? path : `xl/${path}`);
}

/**
 * The first sheet of a workbook as text. Bounded: it unpacks what it needs and no more than 64 MB, and stops at the first row too many. Merged areas
 * carry their value in every cell, as people see them.
 */
export async function readXlsx(bytes: Buffer, mostRows: number): Promise<string[][]> {
  const zip = await openZip(bytes);
  try {
    const entries = await listEntries(zip);
    if (!entries.has('xl/workbook.xml'))
      throw new UnreadableTable({
        'zh-CN': '这个文件里面不是表格。请传 .xlsx 或 .csv。',
        en: 'There is no table in this file. Upload .xlsx or .csv.',
      });
    const unpack = createUnpacker(zip, entries);
    const strings = readSharedStrings((await unpack('xl/sharedStrings.xml')) ?? '<sst/>');
    const sheet = await firstSheet(unpack);
    if (sheet === null) throw broken();
    const { rows, merged } = readSheet(sheet, strings, mostRows);
    let left = mostMerged;
    for (const [top, first, bottom, right] of merged) {
      const value = rows[top]?.[first];
      if (value === undefined) continue;
      const last = { row: Math.min(bottom, rows.length - 1), column: Math.min(right, mostColumns - 1) };
      left -= Math.max(0, last.row - top + 1) * Math.max(0, last.column - first + 1);
      if (left < 0) throw tooLarge();
      for (let row = top; row <= last.row; row += 1)
        for (let column = first; column <= last.column; column += 1) (rows[row] ??= [])[column] = value;
    }
    return Array.from(rows, (row) => Array.from(row ?? [], (cell) => cell ?? ''));
  } finally {
    zip.close();
  }
}
