import { readFileSync } from 'node:fs';

/**
 * The processes above this one, as far as they are our starters: shell, pnpm, npx. When one of them is ended without a word to us (`kill` of the
 * npx that was started in the background), the line changes, and nobody could stop us any more. Beyond Linux only the parent is known.
 */
export function startersOf(parent: number): string {
  const line: number[] = [];
  for (let pid = parent; pid > 1 && line.length < 4;) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // `pid (name, which may hold anything) state ppid …`
      const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      // A login shell above us may end while the demo goes on in the background, as was asked for.
      if (!/^(sh|node|MainThread|npm|npx|pnpm)/.test(name)) break;
      line.push(pid);
      pid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    } catch {
      if (line.length === 0) line.push(pid);
      break;
    }
  }
  return line.join(' ');
}
