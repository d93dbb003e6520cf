import type { Sentence } from '../sentence.ts';

/**
 * An event that takes its process with it (memory, a crash in native code) leaves no failure behind, only a take that never came back. Each take
 * is counted when it begins and counted back when it ends, however it ends; what remains are the takes that did not.
 */

/** From here on it is worked alone: what else was in hand when a process died is suspected with it, and cleared by this. */
export const aloneAfter = 2;
/** From here on a person must look. It was alone three times then, so it was hardly somebody else's doing. */
export const deadAfter = 5;
/** What is left to those that wait behind one that was given up: they may be about the same, and need not take it as far. */
export const oneChance = deadAfter - 1;

export const suspectedInWords: Sentence = {
  'zh-CN': '处理它的进程几次没有回来（崩溃、内存不足或被强行结束），现在单独处理',
  en: 'Processes did not come back from it several times (a crash, no memory left, or killed); it is worked on alone now',
};
export const unreturnedInWords: Sentence = {
  'zh-CN': `处理它的进程 ${deadAfter} 次没有回来（崩溃、内存不足或被强行结束），不再自动处理。请查看那几个时刻的日志和内存，修好后再试`,
  en: `Processes did not come back from it ${deadAfter} times (a crash, no memory left, or killed); it is not tried again by itself. Look at the logs and the memory of those moments, mend it and try again`,
};
