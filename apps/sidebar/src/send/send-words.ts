import { resumable, type Sending } from './send-state.ts';

export type EndWords = { text: string; tone: 'plain' | 'warn' | 'danger'; resume: string | null };

/** How an unfinished send is told: what happened, what the customer has, what can be done now. Null while it runs or when all went out. */
export function endWords(state: Sending): EndWords | null {
  const many = state.parts.length > 1;
  const sent = state.parts.filter((part) => part.state === 'sent').length;
  const next = state.parts.find((part) => part.state !== 'sent')?.n ?? 1;
  const resume = many && next > 1 ? `从第 ${next} 条接着发` : '再发一次';
  const received = sent > 0 ? `前 ${sent} 条客户已收到。` : '客户什么都没收到。';
  if (state.phase === 'refused') {
    const again = sent > 0 ? resume : '重试';
    return { text: refusalText(state, sent > 0 ? received : null), tone: 'warn', resume: resumable(state) ? again : null };
  }
  if (state.phase !== 'ended' || state.end === 'done' || state.end === null) return null;
  switch (state.end) {
    case 'cancelled':
      return {
        text: many && sent > 0 ? `你取消了第 ${next} 条，${received}已记下，不会再问。` : '你取消了发送，已记下，不会再问。',
        tone: 'plain',
        resume: null,
      };
    case 'failed':
      return { text: many ? `第 ${next} 条没发出去，${received}` : '没发出去，客户没有收到。', tone: 'danger', resume };
    case 'stopped':
      return { text: sent > 0 ? `停下了，${received}` : '停下了，一条都没发。', tone: 'plain', resume: sent > 0 ? resume : '从头发' };
    case 'chat_changed':
      return { text: sent > 0 ? `你切到了别的聊天，停下了，${received}` : '你切到了别的聊天，这句没有发。', tone: 'warn', resume };
    case 'elsewhere':
      return { text: `正在另一台设备发送，${received}`, tone: 'plain', resume: null };
    case 'interrupted':
      return { text: sent > 0 ? `上次没发完，${received}` : '上次没发出去，客户没有收到。', tone: 'warn', resume };
  }
}

/** `received`: what she has of it already, when it is taken up again. */
function refusalText({ refusal }: Sending, received: string | null): string {
  if (!refusal || refusal.status === 0) return `没连上服务器，${received ?? '还没发给客户。'}`;
  if (refusal.code === 'script.retired') return '这句话术已经下线了，列表已更新，换一句。';
  return refusal.message;
}

/** One sentence for whoever listens instead of looking. */
export function spokenProgress(state: Sending): string {
  if (state.phase === 'ended' && state.end === 'done') return `「${state.title}」发出去了。`;
  const part = state.parts.find((candidate) => candidate.state === 'unknown');
  if (part) return `第 ${part.n} 条可能已经发出，去聊天里看一眼。`;
  return endWords(state)?.text ?? '';
}
