import { createHash } from 'node:crypto';
import { WeComError } from '@nextline/wecom';
import type { Deps, Principal } from '../feature.ts';
import type { CodeBudget } from './code-budget.ts';
import { refreshStaff } from '../wecom-sync/sync-staff.ts';
import { useStateOnce } from './oauth-states.store.ts';
import { findPerson, makeAdmin } from './staff.store.ts';

export type SignInRefusal = 'link_used' | 'code_refused' | 'outsider' | 'not_staff' | 'app_refused' | 'wecom_away';
export type SignInEnd = { staff: Principal } | { refusal: SignInRefusal };

type SignInDeps = Pick<Deps, 'db' | 'clock' | 'wecom' | 'config' | 'log'>;

/** WeCom knows nobody by this id, or does not show them to this app. */
const notStaff = new Set([60111, 60011]);

function refusalFor(error: WeComError): SignInRefusal {
  if (error.errcode !== null && notStaff.has(error.errcode)) return 'not_staff';
  if (error.kind === 'config') return 'app_refused';
  // 40029 wrong, 42003 too old, 42022 used.
  if (error.kind === 'caller' || error.kind === 'business' || error.kind === 'unknown') return 'code_refused';
  return 'wecom_away';
}

async function whoHasCode(deps: SignInDeps, code: string): Promise<{ userId: string } | { refusal: SignInRefusal }> {
  try {
    const info = await deps.wecom.userInfoByCode(code);
    return info.kind === 'staff' ? { userId: info.userId } : { refusal: 'outsider' };
  } catch (error) {
    if (!(error instanceof WeComError)) throw error;
    deps.log.warn({ err: error }, 'WeCom did not say who signs in');
    return { refusal: refusalFor(error) };
  }
}

/** Somebody whom the sync has not brought yet, or who is marked as gone, is looked up once. */
async function findStaff(deps: SignInDeps, userId: string): Promise<SignInEnd> {
  const known = await findPerson(deps.db, userId);
  if (known) return { staff: known.principal };
  try {
    if ((await refreshStaff(deps, userId)) === 'left') return { refusal: 'not_staff' };
  } catch (error) {
    if (!(error instanceof WeComError)) throw error;
    deps.log.warn({ err: error, staff: userId }, 'somebody who signs in could not be looked up');
    return { refusal: refusalFor(error) };
  }
  const person = await findPerson(deps.db, userId);
  return person ? { staff: person.principal } : { refusal: 'not_staff' };
}

type Came = { state: string; code: string; address: string };

/** As below, for one address among those that WeCom may be asked for. A state that was turned away for their number is not used up. */
export async function finishSignInWithin(
  budget: CodeBudget,
  deps: SignInDeps,
  { state, code, address }: Came,
): Promise<SignInEnd | { tooManyForMs: number }> {
  return budget.exchange(
    address,
    () => finishSignIn(deps, state, code),
    (end) => ('staff' in end ? 'good' : end.refusal === 'code_refused' ? 'refused' : 'neither'),
  );
}

/** Exchanges what came back from WeCom for a person. The state counts once, whatever becomes of the code. */
async function finishSignIn(deps: SignInDeps, state: string, code: string): Promise<SignInEnd> {
  const hash = createHash('sha256').update(state).digest('hex');
  if (!(await useStateOnce(deps.db, deps.config.wecom.corpId, hash, deps.clock.now()))) return { refusal: 'link_used' };
  const who = await whoHasCode(deps, code);
  const end = 'refusal' in who ? who : await findStaff(deps, who.userId);
  if ('refusal' in end || end.staff.role === 'admin' || !deps.config.consoleAdmins.includes(end.staff.staffUserId)) return end;
  // Somebody has to give the first role; who that is stands in the settings.
  await makeAdmin(deps.db, end.staff.staffUserId);
  return { staff: { ...end.staff, role: 'admin' } };
}
