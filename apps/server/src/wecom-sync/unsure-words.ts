import type { UnsureNow, UnsureWrite, UnsureWrites } from '@nextline/contract';

const changes = ({ add, remove }: Pick<UnsureWrite, 'add' | 'remove'>) =>
  [...add.map((name) => `加「${name}」`), ...remove.map((name) => `去「${name}」`)].join(' ');

function nowInWords(now: UnsureNow): string {
  switch (now.state) {
    case 'written':
      return '企业微信现在：已经写上了';
    case 'notWritten':
      return `企业微信现在：还没有（差 ${changes({ add: now.missing, remove: now.still })}）`;
    case 'gone':
      return '企业微信现在：已经没有这段关系';
    case 'unknown':
      return `企业微信现在问不到：${now.reason}`;
  }
}

/** For the terminal: two lines for each, and how many there are. */
export function unsureLines({ writes, total }: UnsureWrites): string[] {
  return [
    ...writes.flatMap((one) => [
      `${one.externalUserId}/${one.writeId}  ${one.createdAt}  ${one.staffName ?? one.staffUserId} → ${one.customerName ?? one.externalUserId}  ${changes(one)}`,
      `    ${nowInWords(one.now)}${one.overtaken ? '；之后又改过同样的标签，按后来的为准' : ''}；试了 ${one.attempts} 次，${one.failure ?? ''}`,
    ]),
    `${total} 条说不清写没写${total > writes.length ? `，先列最早的 ${writes.length} 条` : ''}。`,
  ];
}
