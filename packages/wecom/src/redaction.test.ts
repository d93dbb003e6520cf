import { expect, test } from 'vitest';
import { redact } from './redaction.ts';

test.each([
  ['GET /cgi-bin/user/get?access_token=a.b-c_d&userid=z', 'GET /cgi-bin/user/get?access_token=***&userid=z'],
  ['?corpid=ww1&corpsecret=S%2B1', '?corpid=ww1&corpsecret=***'],
  ['{"access_token":"a-b","expires_in":7200}', '{"access_token":"***","expires_in":7200}'],
  ["{ ticket: 'sM4', errcode: 0 }", "{ ticket: '***', errcode: 0 }"],
  [
    'access_token expired, hint: [1576065934_28], more info at ?e=42001',
    'access_token expired, hint: [1576065934_28], more info at ?e=42001',
  ],
])('%s', (text, clean) => {
  expect(redact(text, [])).toBe(clean);
});

test('a known secret disappears wherever it stands, and an empty one harms nothing', () => {
  expect(redact('abc SECRET abc', ['', 'SECRET'])).toBe('abc *** abc');
});
