export const mostWords = 50;
export const longestWord = 40;

/** Words as they are typed or pasted, several at once with a comma or a line between them. Each stands once, in the order in which it came. */
export function withWords(words: readonly string[], typed: string): string[] {
  const added = typed
    .split(/[,，、;；\n]+/)
    .map((word) => word.trim().slice(0, longestWord))
    .filter(Boolean);
  return [...new Set([...words, ...added])].slice(0, mostWords);
}
