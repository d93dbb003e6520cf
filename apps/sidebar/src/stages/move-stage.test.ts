import type { Panel } from '@nextline/contract';
import { PiniaColada } from '@pinia/colada';
import { createPinia } from 'pinia';
import { afterEach, expect, test, vi } from 'vitest';
import { createApp } from 'vue';
import { useCurrentCustomer } from '../customer/current-customer.ts';
import { useMoveStage } from './move-stage.ts';

afterEach(() => vi.unstubAllGlobals());

const taken = () => Response.json({});
const away = () => Response.json({}, { status: 503 });

test('after a move the panel is asked anew, since what to say goes by the stage; a move that failed is taken back', async () => {
  const panel = { customer: { externalUserId: 'lin', stageId: 'warm' }, suggestions: { listId: 'for warm' } } as unknown as Panel;
  let answer = taken;
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => (init.method === 'GET' ? Response.json(panel) : answer()));
  const app = createApp({ render: () => null })
    .use(createPinia())
    .use(PiniaColada, {});
  const { current, moveStage } = app.runWithContext(() => ({ current: useCurrentCustomer(), moveStage: useMoveStage() }));
  current.where = { kind: 'customer', externalUserId: 'lin' };
  await vi.waitFor(() => expect(current.panel?.customer.stageId).toBe('warm'));

  panel.customer.stageId = 'won';
  panel.suggestions.listId = 'for won';
  await moveStage('lin', 'won');
  await vi.waitFor(() => expect(current.panel?.suggestions.listId).toBe('for won'));

  answer = away;
  await expect(moveStage('lin', 'warm')).rejects.toThrow('服务器没有正常回答');
  expect(current.panel?.customer.stageId).toBe('won');
});
