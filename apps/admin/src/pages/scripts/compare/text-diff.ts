/** A stretch of a comparison: in both texts, only in the older, only in the newer. */
export type DiffRun = { kind: 'same' | 'removed' | 'added'; text: string };

const words = new Intl.Segmenter('zh-Hans', { granularity: 'word' });

/** A variable is one token; the rest falls into words, so that a changed word is crossed out whole and not character by character. */
function tokensOf(text: string): string[] {
  return text
    .split(/(\{[^{}\r\n]{1,20}\})/)
    .flatMap((piece, index) => (index % 2 === 1 ? [piece] : [...words.segment(piece)].map(({ segment }) => segment)));
}

/** How long the longest common subsequence of the tails `before[i…]` and `after[j…]` is, row by row. */
function commonTails(before: readonly string[], after: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const row = rows[i];
      const below = rows[i + 1];
      if (!row || !below) continue;
      row[j] = before[i] === after[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  return rows;
}

type Change = { removed: string; added: string };

/** Walks both token lists; `same` stretches and the changes between them alternate, beginning with a change that may be empty. */
function alternate(before: readonly string[], after: readonly string[]): (Change | string)[] {
  const tails = commonTails(before, after);
  const found: (Change | string)[] = [];
  let change: Change = { removed: '', added: '' };
  let same = '';
  const closeSame = () => {
    if (same === '') return;
    found.push(same);
    same = '';
  };
  for (let i = 0, j = 0; i < before.length || j < after.length;) {
    const left = before[i];
    const right = after[j];
    if (left !== undefined && left === right) {
      if (change.removed + change.added !== '') found.push(change);
      change = { removed: '', added: '' };
      same += left;
      i += 1;
      j += 1;
      continue;
    }
    closeSame();
    if (left !== undefined && (right === undefined || (tails[i + 1]?.[j] ?? 0) >= (tails[i]?.[j + 1] ?? 0))) {
      change.removed += left;
      i += 1;
    } else {
      change.added += right ?? '';
      j += 1;
    }
  }
  if (change.removed + change.added !== '') found.push(change);
  closeSame();
  return found;
}

/** A comma that happens to be in both, alone between two rewritten stretches, says nothing and splits what is read as one change. */
const tooShortToKeep = 1;

/** Compares two texts in words; what was removed stands before what took its place. */
export function diffText(before: string, after: string): DiffRun[] {
  const stretches = alternate(tokensOf(before), tokensOf(after));
  const merged: (Change | string)[] = [];
  for (const [index, stretch] of stretches.entries()) {
    const last = merged[merged.length - 1];
    const next = stretches[index + 1];
    if (typeof stretch === 'string' && stretch.length <= tooShortToKeep && typeof last === 'object' && typeof next === 'object') {
      last.removed += stretch;
      last.added += stretch;
    } else if (typeof stretch === 'object' && typeof last === 'object') {
      last.removed += stretch.removed;
      last.added += stretch.added;
    } else merged.push(typeof stretch === 'object' ? { ...stretch } : stretch);
  }
  return merged
    .flatMap((stretch): DiffRun[] =>
      typeof stretch === 'string'
        ? [{ kind: 'same', text: stretch }]
        : [
            { kind: 'removed', text: stretch.removed },
            { kind: 'added', text: stretch.added },
          ],
    )
    .filter((run) => run.text !== '');
}
