import type { Stage } from '@nextline/contract';

/** The brand's pipeline. */
export const brandStages = [
  { stageId: 'prospect', name: '潜在客户', position: 0, kind: 'open', colour: 'grey' },
  { stageId: 'interested', name: '意向客户', position: 1, kind: 'open', colour: 'blue' },
  { stageId: 'first-order', name: '首购客户', position: 2, kind: 'won', colour: 'teal' },
  { stageId: 'regular', name: '复购客户', position: 3, kind: 'won', colour: 'violet' },
  { stageId: 'asleep', name: '沉睡客户', position: 4, kind: 'open', colour: 'ochre' },
  { stageId: 'gone', name: '已流失', position: 5, kind: 'lost', colour: 'grey' },
] as const satisfies readonly Stage[];

export type StageKey = (typeof brandStages)[number]['stageId'];
