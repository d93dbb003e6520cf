import type { Stage } from '@nextline/contract';
import { cached, onePerDatabase } from '../cached.ts';
import type { Deps } from '../feature.ts';
import { readStages } from './stages.store.ts';

type StageDeps = Pick<Deps, 'db' | 'clock'>;

const lists = onePerDatabase(({ db, clock }: StageDeps) => cached({ clock, load: () => readStages(db) }));

/** The corp's pipeline, first stage first. */
export const stageList = (deps: StageDeps): Promise<Stage[]> => lists(deps).get();
export const forgetStageList = (deps: StageDeps): void => lists(deps).forget();
