import type { SyncRunView } from '@nextline/contract';
import type { SyncRun } from './sync-runs.store.ts';

const phases: Record<SyncRun['phase'], string> = {
  staff: '读员工和部门',
  tags: '读标签',
  customers: '读客户',
  missing: '逐个核对企业微信没再列出的关系',
  done: '完成',
};

/** How far a run is, in one line of the terminal. */
export function progressLine(run: SyncRun): string {
  const { phase, staffDone, staffTotal, customersStored, relationsAsked, relationsEnded, failure } = run;
  const so = phase === 'missing' ? `，核对了 ${relationsAsked} 条，结束了 ${relationsEnded} 条` : '';
  const far = phase === 'customers' || phase === 'missing' ? ` · 员工 ${staffDone}/${staffTotal} · 关系 ${customersStored}${so}` : '';
  return `${phases[phase]}${far}${failure === null ? '' : ` · 没读到，会再试：${failure}`}`;
}

/** What a run that is done has brought. */
export function resultLines(run: SyncRunView): string[] {
  const { customersStored, relationsFound, relationsAsked, relationsEnded, withReason } = run;
  return [
    `读了 ${customersStored} 条关系：补上 ${relationsFound} 条，核对了 ${relationsAsked} 条不再列出的，其中 ${relationsEnded} 条已经结束。`,
    ...withReason.map(({ staffUserId, name, reason }) => `  ${name ?? staffUserId}（${staffUserId}）：${reason}`),
  ];
}
