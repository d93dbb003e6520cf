import type { Sentence } from '../sentence.ts';
import type { AuditFault } from './verify-audit.ts';

/** One sentence for whoever reads the report: what is wrong, and where. */
export function faultSentence(fault: AuditFault): Sentence {
  switch (fault.kind) {
    case 'missing': {
      const { fromSeq, toSeq } = fault;
      if (fromSeq === toSeq) return { 'zh-CN': `第 ${fromSeq} 条不见了。`, en: `Entry ${fromSeq} is gone.` };
      const n = toSeq - fromSeq + 1;
      return { 'zh-CN': `第 ${fromSeq} 到 ${toSeq} 条不见了，共 ${n} 条。`, en: `Entries ${fromSeq} to ${toSeq} are gone, ${n} in all.` };
    }
    case 'altered':
      return {
        'zh-CN': `第 ${fault.seq} 条（${fault.at.toISOString()}）和记下时不一样，或者它前面那条被换过。`,
        en: `Entry ${fault.seq} (${fault.at.toISOString()}) is not as it was written, or the one before it was exchanged.`,
      };
    case 'doubled':
      return { 'zh-CN': `有两条都说自己是第 ${fault.seq} 条。`, en: `Two entries claim to be number ${fault.seq}.` };
    case 'cut':
      return {
        'zh-CN': `只到第 ${fault.endsAt} 条，应该有 ${fault.expected} 条。`,
        en: `The log ends at entry ${fault.endsAt}, and there should be ${fault.expected}.`,
      };
    case 'forged':
      return {
        'zh-CN': `第 ${fault.seq} 条处的末端标记不是本服务写的。`,
        en: `The mark of the end at entry ${fault.seq} was not written by this server.`,
      };
    case 'waiting':
      return {
        'zh-CN': `${fault.since.toISOString()} 之后记下的还没有封上，封存可能停了。`,
        en: `What was noted since ${fault.since.toISOString()} has not been sealed; sealing may have stopped.`,
      };
    case 'other_key':
      return {
        'zh-CN': '末端标记是用另一个 SESSION_KEY 写的，核对不了；下一次封存后会换成现在的。',
        en: 'The mark of the end was written with another SESSION_KEY and cannot be checked; the next sealing replaces it.',
      };
  }
}
