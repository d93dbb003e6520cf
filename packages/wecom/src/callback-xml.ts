import { XMLParser } from 'fast-xml-parser';
import { CallbackRefused } from './callback-refused.ts';

/** An element: its text, or its children; the same name several times is a list. */
export type XmlValue = string | XmlValue[] | XmlFields;
export type XmlFields = { [name: string]: XmlValue };

/** What can be written: numbers stay bare as WeCom writes them, text goes into CDATA. */
export type XmlContent = string | number | XmlContent[] | { [name: string]: XmlContent | undefined };

/** Characters. A text message holds 2 kB and a group change lists at most a few hundred members; WeCom sends nothing near this. */
export const maxXmlLength = 1024 * 1024;

const cdata = '#cdata';
const parser = new XMLParser({
  // Values stay text: with the defaults the id `0123e4` becomes 1230000.
  parseTagValue: false,
  processEntities: false,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  trimValues: false,
  cdataPropName: cdata,
});

/** Reads `<xml>…</xml>` into names and untouched texts. Throws CallbackRefused: too_large, doctype, xml. */
export function readXml(xml: string): XmlFields {
  if (xml.length > maxXmlLength) throw new CallbackRefused('too_large');
  const flat = readFlat(xml);
  if (flat) return flat;
  if (/<!(?:DOCTYPE|ENTITY)/i.test(outsideCdata(xml))) throw new CallbackRefused('doctype');
  // XML has no NUL, and Postgres could not store it.
  if (xml.includes('\0')) throw new CallbackRefused('xml');
  const root = parse(xml);
  const content = root['xml'];
  if (content === undefined || Array.isArray(content)) throw new CallbackRefused('xml');
  return typeof content === 'string' ? {} : content;
}

const flatStart = '<xml>';
// Nothing that a parser would have to think about: no attribute, entity, comment, line end of Windows, bracket inside CDATA.
const flatElement = /\s*<([A-Za-z][A-Za-z0-9]*)>(?:<!\[CDATA\[([^\]\r\0]*)\]\]>|([^<>&\]\r\0]*))<\/\1>/y;
const flatEnd = /\s*<\/xml>\s*$/y;

/**
 * Elements with nothing in them but text, each once: the envelope, and most events. The parser goes through it four times, which would be a third of what
 * a callback costs. Null for everything else.
 */
function readFlat(xml: string): XmlFields | null {
  if (!xml.startsWith(flatStart)) return null;
  const fields: XmlFields = {};
  flatElement.lastIndex = flatStart.length;
  for (let at = flatStart.length; ; at = flatElement.lastIndex) {
    const [, name, verbatim, text = ''] = flatElement.exec(xml) ?? [];
    if (name === undefined) {
      flatEnd.lastIndex = at;
      return flatEnd.test(xml) ? fields : null;
    }
    // Twice, or a name that every object has: the parser knows what to do.
    if (fields[name] !== undefined) return null;
    fields[name] = verbatim ?? text.trim();
  }
}

function parse(xml: string): XmlFields {
  let parsed: unknown;
  try {
    parsed = parser.parse(xml, true);
  } catch {
    throw new CallbackRefused('xml');
  }
  const root = plain(parsed);
  if (typeof root === 'string' || Array.isArray(root)) throw new CallbackRefused('xml');
  return root;
}

function plain(node: unknown): XmlValue {
  if (typeof node === 'string') return node.trim();
  if (Array.isArray(node)) return node.map(plain);
  if (typeof node !== 'object' || node === null) return '';
  const children = Object.entries(node).filter(([name]) => name !== cdata && name !== '#text');
  if (children.length > 0) return Object.fromEntries(children.map(([name, child]) => [name, plain(child)]));
  if (cdata in node) return Array.isArray(node[cdata]) ? node[cdata].join('') : String(node[cdata]);
  return '#text' in node ? String(node['#text']).trim() : '';
}

// A staff member may write `<!DOCTYPE` in a message, which is harmless inside CDATA. A scan, since a pattern would be quadratic.
function outsideCdata(xml: string): string {
  const outside: string[] = [];
  let from = 0;
  while (from < xml.length) {
    const start = xml.indexOf('<![CDATA[', from);
    if (start < 0) break;
    outside.push(xml.slice(from, start));
    const end = xml.indexOf(']]>', start);
    if (end < 0) throw new CallbackRefused('xml');
    from = end + 3;
  }
  outside.push(xml.slice(from));
  return outside.join(' ');
}

/** Writes `<xml>…</xml>` the way WeCom does: no line breaks, texts in CDATA, numbers bare, lists as repeated elements. */
export function writeXml(fields: { [name: string]: XmlContent | undefined }): string {
  return element('xml', fields);
}

function element(name: string, content: XmlContent | undefined): string {
  if (content === undefined) return '';
  if (Array.isArray(content)) return content.map((item) => element(name, item)).join('');
  if (typeof content === 'number') return `<${name}>${content}</${name}>`;
  if (typeof content === 'string') return `<${name}><![CDATA[${content.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`;
  return `<${name}>${Object.entries(content)
    .map(([child, value]) => element(child, value))
    .join('')}</${name}>`;
}
