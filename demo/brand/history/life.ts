import type { customers, orders, outcomes } from '../../../apps/server/src/customers/customers.table.ts';
import type { notes } from '../../../apps/server/src/notes/notes.table.ts';
import type { touches } from '../../../apps/server/src/sends/sends.table.ts';
import type { stageMoves } from '../../../apps/server/src/stages/stages.table.ts';
import type { tasks } from '../../../apps/server/src/tasks/tasks.table.ts';
import type { StageKey } from '../stages.ts';

type Row<Table extends { $inferSelect: object }> = Omit<Table['$inferSelect'], 'corpId' | 'externalUserId'>;

export type OrderRow = Row<typeof orders>;
export type OutcomeRow = Row<typeof outcomes>;
export type TouchRow = Row<typeof touches>;
export type StageMoveRow = Row<typeof stageMoves>;
export type NoteRow = Row<typeof notes>;
export type TaskRow = Row<typeof tasks>;

/** What became of one customer so far, as the ledgers keep it. */
export type Life = {
  orders: OrderRow[];
  outcomes: OutcomeRow[];
  touches: TouchRow[];
  moves: StageMoveRow[];
  notes: NoteRow[];
  tasks: TaskRow[];
  stageId: StageKey;
  customFields: Record<string, string>;
  optedOutAt: (typeof customers.$inferSelect)['optedOutAt'];
};
