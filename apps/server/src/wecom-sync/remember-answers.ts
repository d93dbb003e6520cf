import { WeComError } from '@nextline/wecom';
import type { Deps } from '../feature.ts';
import { findAnswers, putAnswers, type WeComAnswer } from './wecom-answers.store.ts';

export type { WeComAnswer } from './wecom-answers.store.ts';
export type Question = Pick<WeComAnswer, 'question' | 'about'>;
/** `errcode` 0: all was well. */
export type Heard = Omit<WeComAnswer, 'heardAt'>;

export const ourAddress: Question = { question: 'address', about: '' };
export const whoHasCustomers: Question = { question: 'follow_users', about: '' };
export const aboutStaff = (staffUserId: string): Question => ({ question: 'staff', about: staffUserId });

/** The address that WeCom saw, from its own words. */
export const addressIn = (errmsg: string): string => /from ip: ([^,\s]+)/.exec(errmsg)?.[1] ?? '（企业微信没有说）';

/** Our token, our haste or WeCom's bad day: none of it is about what was asked. */
const saysNothing = new Set([-1, 40001, 40013, 40014, 40091, 42001, 45009, 45033]);

/** What one answer tells: whoever is told about the question has got past the check of addresses. */
export function heardFrom(asked: Question, errcode: number | null, said = ''): Heard[] {
  if (errcode === null || saysNothing.has(errcode)) return [];
  if (errcode === 60020) return [{ ...ourAddress, errcode, said: addressIn(said) }];
  return [
    { ...ourAddress, errcode: 0, said: '' },
    { ...asked, errcode, said: said.slice(0, 200) },
  ];
}

type MemoryDeps = Pick<Deps, 'db' | 'clock' | 'config'>;

/** For the doctor, which cannot ask WeCom about this at the moment when its address or its token is refused. */
export async function rememberAnswers({ db, clock, config }: MemoryDeps, heard: Heard[]): Promise<void> {
  const { corpId, agentId } = config.wecom;
  const heardAt = clock.now();
  const newest = new Map(heard.map((one) => [`${one.question} ${one.about}`, { ...one, heardAt }]));
  await putAnswers(db, { corpId, agentId }, [...newest.values()]);
}

/** Asks, and remembers what was said; answers as the question does. */
export async function askAndRemember<T>(deps: MemoryDeps, asked: Question, ask: () => Promise<T>): Promise<T> {
  try {
    const got = await ask();
    await rememberAnswers(deps, heardFrom(asked, 0));
    return got;
  } catch (error) {
    if (error instanceof WeComError) await rememberAnswers(deps, heardFrom(asked, error.errcode, error.errmsg));
    throw error;
  }
}

export const rememberedAnswers = ({ db, config }: Pick<MemoryDeps, 'db' | 'config'>): Promise<WeComAnswer[]> =>
  findAnswers(db, config.wecom.agentId);
