import type { PartKind, ScriptRow } from '@nextline/contract';
import type { IconName } from '../../icons/paths.ts';

const known: readonly PartKind[] = ['text', 'image', 'video', 'file', 'link', 'miniprogram'];

const kindOf = (kind: string): PartKind => known.find((one) => one === kind) ?? 'text';

/** What stands in the list's tile when there is no picture: the icon of the most telling part. */
export function iconOf({ partKinds }: Pick<ScriptRow, 'partKinds'>): IconName {
  return kindOf(partKinds.find((kind) => kind !== 'text') ?? 'text');
}

/** The kinds of a script in the order in which a list says them: each once, text last. */
export function kindsToSay({ partKinds }: Pick<ScriptRow, 'partKinds'>): PartKind[] {
  const kinds = [...new Set(partKinds.map(kindOf))];
  return [...kinds.filter((kind) => kind !== 'text'), ...kinds.filter((kind) => kind === 'text')];
}
