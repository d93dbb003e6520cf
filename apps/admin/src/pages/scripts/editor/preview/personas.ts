import type { Part, ScriptContent } from '@nextline/contract';
import { fill, variablesIn } from '@nextline/script-variables';

/** Values that stand for a customer who is not in the store: what every variable of the product may hold. */
export type Persona = Readonly<Record<string, string>>;

/** The parts with a persona's values, then the default words; what is still empty keeps its braces. */
export function fillParts(content: ScriptContent, values: Persona): { parts: Part[]; missing: string[] } {
  const filling = { ...content.defaults, ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')) };
  const missing = new Set<string>();
  const parts = content.parts.map((part): Part => {
    if (part.kind !== 'text') return part;
    const filled = fill(part.text, filling);
    for (const name of filled.unresolved) missing.add(name);
    return { kind: 'text', text: filled.text };
  });
  return { parts, missing: [...missing] };
}

/** The variables of all texts, each once, in order. */
export function variablesOf(content: ScriptContent): string[] {
  return variablesIn(content.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('\n'));
}
