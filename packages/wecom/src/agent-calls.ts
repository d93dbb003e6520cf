import type { CallWeCom } from './call-wecom.ts';
import { numberOrNull, text } from './lenient-reading.ts';
import type { WeCom } from './wecom.ts';
import { wecomPaths, type WireAgent } from './wire-shapes.ts';

/** What the console says about the app itself. A token sees its own app and no other. */
export function agentCalls(call: CallWeCom, agentId: string): Pick<WeCom, 'agent'> {
  return {
    async agent() {
      const answer = await call<WireAgent>({ api: wecomPaths.agent, query: { agentid: agentId }, repeatable: true });
      return {
        agentId: text(answer.agentid),
        name: text(answer.name),
        closed: numberOrNull(answer.close) === 1,
        signInDomain: text(answer.redirect_domain),
      };
    },
  };
}
