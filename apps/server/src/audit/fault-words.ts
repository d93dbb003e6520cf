import type { AuditFault } from './verify-audit.ts';

/** One sentence for whoever reads the report: what is wrong, and where. */
export function faultSentence(fault: AuditFault): string {
  switch (fault.kind) {
    case 'missing':
      return fault.fromSeq === fault.toSeq
        ? `第 ${fault.fromSeq} 条不见了。`
        : `第 ${fault.fromSeq} 到 ${fault.toSeq} 条不见了，共 ${fault.toSeq - fault.fromSeq + 1} 条。`;
    case 'altered':
      return `第 ${fault.seq} 条（${fault.at.toISOString()}）和记下时不一样，或者它前面那条被换过。`;
    case 'doubled':
      return `有两条都说自己是第 ${fault.seq} 条。`;
    case 'cut':
      return `只到第 ${fault.endsAt} 条，应该有 ${fault.expected} 条。`;
    case 'forged':
      return `第 ${fault.seq} 条处的末端标记不是本服务写的。`;
    case 'waiting':
      return `${fault.since.toISOString()} 之后记下的还没有封上，封存可能停了。`;
    case 'other_key':
      return '末端标记是用另一个 SESSION_KEY 写的，核对不了；下一次封存后会换成现在的。';
  }
}
