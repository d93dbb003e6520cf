import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readXml, type XmlFields } from './callback-xml.ts';

type Read = { fields: XmlFields } | { refused: string };
function read(xml: string): Read {
  try {
    return { fields: readXml(xml) };
  } catch (error) {
    return { refused: String(error) };
  }
}

/** With a declaration in front of it every document is read by the parser. */
const byParser = (xml: string): Read => read(`<?xml version="1.0"?>${xml}`);

const name = fc.constantFrom('ToUserName', 'Encrypt', 'AgentID', 'UserID', 'constructor', 'A1');
const signs = fc.string({
  unit: fc.constantFrom('a', '0', '1e5', ' ', '\n', '\r', '\t', '好', '🌸', '&amp;', '&', ']', ']]>', '<', '>', '<!DOCTYPE', '\u0000'),
});
const text = fc.oneof(
  signs,
  signs.map((words) => `<![CDATA[${words}]]>`),
  signs.map((words) => ` <![CDATA[${words}]]>`),
  fc.constant('<b>1</b>'),
);
const element = fc
  .tuple(name, text, fc.constantFrom('', ' ', '\n', 'x'))
  .map(([tag, content, after]) => `<${tag}>${content}</${tag}>${after}`);
const written = fc
  .tuple(fc.array(element, { maxLength: 5 }), fc.constantFrom('', '\n', 'x', '<xml></xml>'))
  .map(([elements, after]) => `<xml>${elements.join('')}</xml>${after}`);

test('whatever is written, it is read as the parser reads it', () => {
  fc.assert(
    fc.property(written, (xml) => {
      expect(read(xml)).toEqual(byParser(xml));
    }),
    { numRuns: 3_000 },
  );
});

test('the envelope and an event come out as they were written', () => {
  const xml =
    '<xml><ToUserName><![CDATA[ww 1 ]]></ToUserName>\n<CreateTime> 1403610513 </CreateTime><Name><![CDATA[<b>&amp;\n]]></Name></xml>\n';
  expect(readXml(xml)).toEqual({ ToUserName: 'ww 1 ', CreateTime: '1403610513', Name: '<b>&amp;\n' });
});
