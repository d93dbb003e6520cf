/** The text of a message as the editor draws it: the stored text itself, variables in their braces, cut into runs that are drawn differently. */

const variablePattern = /\{([^{}\r\n]{1,20})\}/g;

export type Span = { from: number; to: number };
export type Mark = Span & { level: 'error' | 'warning' | 'note' };
export type Run = Span & { text: string; variable: string | null; level: Mark['level'] | null; composing: boolean };

/** Where the variables stand, braces included. */
export function variableSpans(text: string): (Span & { name: string })[] {
  return [...text.matchAll(variablePattern)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    name: (match[1] ?? '').trim(),
  }));
}

/** Of several findings about one word the worst is drawn. */
const marked: readonly Mark['level'][] = ['error', 'warning', 'note'];

/** Cuts a text at every border of a variable, of a finding and of what an input method is composing. The runs joined are the text. */
export function runsOf(text: string, marks: readonly Mark[] = [], composing: Span | null = null): Run[] {
  const variables = variableSpans(text);
  const spans: Span[] = [...variables, ...marks, ...(composing ? [composing] : [])];
  const borders = [...new Set([0, text.length, ...spans.flatMap(({ from, to }) => [from, to])])]
    .filter((at) => at >= 0 && at <= text.length)
    .toSorted((left, right) => left - right);
  const covers = (span: Span, from: number, to: number) => span.from <= from && span.to >= to;
  return borders.slice(1).map((to, index): Run => {
    const from = borders[index] ?? 0;
    const levels = new Set(marks.filter((mark) => covers(mark, from, to)).map(({ level }) => level));
    return {
      from,
      to,
      text: text.slice(from, to),
      variable: variables.find((variable) => covers(variable, from, to))?.name ?? null,
      level: marked.find((level) => levels.has(level)) ?? null,
      composing: composing !== null && covers(composing, from, to),
    };
  });
}

/**
 * A variable is one thing to the caret: it goes over it, never into it. Moves an end that lies inside a variable to the edge in the
 * direction it came from.
 */
export function snapSelection(text: string, selection: Span, previous: Span): Span {
  const snap = (at: number, before: number) => {
    const inside = variableSpans(text).find((variable) => at > variable.from && at < variable.to);
    if (!inside) return at;
    return at > before ? inside.to : inside.from;
  };
  return { from: snap(selection.from, previous.from), to: snap(selection.to, previous.to) };
}

/** What Backspace (`back`) or Delete takes away at a caret when a variable touches it: the whole variable. Null: what they always do. */
export function variableToDelete(text: string, caret: number, direction: 'back' | 'forward'): Span | null {
  const touched = variableSpans(text).find(({ from, to }) => (direction === 'back' ? to === caret : from === caret));
  return touched ? { from: touched.from, to: touched.to } : null;
}

/** A variable that can be put into a text: no braces and no line ends in its name, 20 characters at most. */
export function variableNamed(name: string): string | null {
  const written = `{${name.trim()}}`;
  const [span] = variableSpans(written);
  return span && span.to === written.length ? written : null;
}
