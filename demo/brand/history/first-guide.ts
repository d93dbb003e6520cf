import { minutesAfter } from './days.ts';
import type { Person } from './person.ts';

/** What the chats of the first guide say in the simulated WeCom, where it matters on the panel: the question that stands there open. */
const openQuestions: Readonly<Record<string, { text: string; minutesAgo: number }>> = {
  晓雯要早睡: { text: '面霜快用完了，你们周末还有活动吗', minutesAgo: 12 },
  吴桐: { text: '送老婆的话哪个合适', minutesAgo: 205 },
};

export const firstGuide = 'zhouyining';

export function writtenQuestion({ name, staffUserId }: Person, now: Date): { text: string; at: Date } | null {
  const written = staffUserId === firstGuide ? openQuestions[name] : undefined;
  return written === undefined ? null : { text: written.text, at: minutesAfter(now, -written.minutesAgo) };
}
