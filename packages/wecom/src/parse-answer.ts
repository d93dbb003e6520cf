/**
 * Reads a JSON object; null when it is none. Two things that JSON.parse alone gets wrong about WeCom's answers: whole numbers beyond
 * 2^53 keep their digits (as text), and control characters that nicknames carry unescaped do not spoil the whole page.
 */
export function parseAnswer(body: string): Record<string, unknown> | null {
  const parsed = parse(body) ?? parse(body.replaceAll(/[\u0000-\u001f]/g, ' '));
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? Object.fromEntries(Object.entries(parsed)) : null;
}

function parse(body: string): unknown {
  try {
    return /\d{16}/.test(body) ? JSON.parse(body, keepDigits) : JSON.parse(body);
  } catch {
    return undefined;
  }
}

function keepDigits(_key: string, value: unknown, ...[context]: unknown[]): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !Number.isInteger(value)) return value;
  const source = typeof context === 'object' && context !== null && 'source' in context ? context.source : undefined;
  return typeof source === 'string' && /^-?\d+$/.test(source) ? source : value;
}
