/** One run of a filled text: plain words, a filled variable, or a hole that still blocks the send. */
export type Segment =
  | { kind: 'plain'; text: string }
  | { kind: 'filled'; text: string; variable: string }
  | { kind: 'hole'; text: string; variable: string };

export type Filled = { text: string; segments: Segment[]; unresolved: string[] };

// `{客户称呼}`: no braces, line ends or more than 20 characters inside, so a stray brace in a sentence stays a brace.
const variablePattern = /\{([^{}\r\n]{1,20})\}/g;

/** The variables that a text names, each once, in order of appearance, without braces. */
export function variablesIn(text: string): string[] {
  return [...new Set([...text.matchAll(variablePattern)].map((match) => (match[1] ?? '').trim()))];
}

/**
 * Puts values for variables into a text. A value is never looked into again, so a customer called `{门店}` stays that.
 * An empty or missing value leaves a hole: `unresolved` names it, and `text` keeps the braces so nobody mistakes it for ready.
 */
export function fill(text: string, values: Readonly<Record<string, string>>): Filled {
  // A map, so that a variable called `constructor` is not found on Object; `Object.hasOwn` is too new for old webviews.
  const known = new Map(Object.entries(values));
  const segments: Segment[] = [];
  const unresolved = new Set<string>();
  let from = 0;
  for (const match of text.matchAll(variablePattern)) {
    if (match.index > from) segments.push({ kind: 'plain', text: text.slice(from, match.index) });
    const variable = (match[1] ?? '').trim();
    const value = known.get(variable);
    if (value) segments.push({ kind: 'filled', text: value, variable });
    else {
      segments.push({ kind: 'hole', text: variable, variable });
      unresolved.add(variable);
    }
    from = match.index + match[0].length;
  }
  if (from < text.length) segments.push({ kind: 'plain', text: text.slice(from) });
  return {
    segments,
    unresolved: [...unresolved],
    text: segments.map((segment) => (segment.kind === 'hole' ? `{${segment.variable}}` : segment.text)).join(''),
  };
}

/** The values with a script's own words where a value is empty or missing: `{"上次购买": "之前买的"}`. */
export function withDefaults(
  values: Readonly<Record<string, string>>,
  defaults: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const known = new Map(Object.entries(defaults));
  for (const [variable, value] of Object.entries(values)) if (value !== '') known.set(variable, value);
  return Object.fromEntries(known);
}
