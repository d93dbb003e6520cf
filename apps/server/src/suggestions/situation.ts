import type { Gender, Stage, Task } from '@nextline/contract';

export type DueTask = Pick<Task, 'taskId' | 'title' | 'scriptId' | 'kind'> & { dueAt: Date; createdAt: Date };

/** All that a suggestion may depend on: who she is to us, now. */
export type Situation = {
  now: Date;
  timeZone: string;
  gender: Gender;
  stage: { stageId: string; name: string } | null;
  /** Her tags, by id, in words. */
  tags: ReadonlyMap<string, string>;
  openQuestion: { at: string; text: string } | null;
  followedAt: Date;
  lastOrder: { at: string; item: string } | null;
  lastEngagedAt: Date | null;
  /** script id → when it last reached her. */
  sentScripts: Readonly<Record<string, string>>;
  /** Open tasks of this guide for her, due soonest first. */
  tasks: DueTask[];
  /** script id → how often this guide used it. */
  guideUses: ReadonlyMap<string, number>;
  /** Script variables that have a value. */
  variables: Readonly<Record<string, string>>;
  optedOut: boolean;
  /** Whether the guard would refuse marketing right now. */
  marketingBlocked: boolean;
};

export const pronoun = (gender: Gender): string => ({ female: '她', male: '他', unknown: '这位客户' })[gender];

/**
 * Somebody whom nobody has put into a stage yet, a customer of a minute ago above all, stands before the first one: what fits there fits her.
 * The words say that it is no stage of hers.
 */
export function stageToAdviseFor(stages: readonly Stage[], stageId: string | null): Situation['stage'] {
  const own = stages.find((stage) => stage.stageId === stageId);
  if (own) return own;
  const first = stageId === null ? stages.find((stage) => stage.kind === 'open') : undefined;
  return first ? { stageId: first.stageId, name: '还没分阶段' } : null;
}
