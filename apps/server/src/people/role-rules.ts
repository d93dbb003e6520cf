import { role as roles, type Role, type RoleRuleList } from '@nextline/contract';
import { writeAudit } from '../audit/write-audit.ts';
import type { Deps, Principal } from '../feature.ts';
import { seesMobilesByDefault } from '../identity/permissions.ts';
import { readRoleRules, saveRoleRule } from './role-rules.store.ts';

/** Whose customers a role sees. Not a setting: it is what the roles are. */
const customersOf: Record<Role, RoleRuleList['rules'][number]['customers']> = {
  guide: 'own',
  manager: 'store',
  operator: 'all',
  admin: 'all',
  auditor: 'all',
};

export async function listRoleRules({ db }: Pick<Deps, 'db'>): Promise<RoleRuleList> {
  const decided = await readRoleRules(db);
  return {
    rules: roles.options.map((role) => ({
      role,
      customers: customersOf[role],
      seesMobiles: decided.get(role) ?? seesMobilesByDefault(role),
    })),
  };
}

/** Whoever has the role follows within half a minute. */
export async function setRoleRule(
  { db, clock, config }: Pick<Deps, 'db' | 'clock' | 'config'>,
  who: Principal,
  role: Role,
  seesMobiles: boolean,
): Promise<void> {
  const { corpId } = config.wecom;
  await db.transaction(async (tx) => {
    await saveRoleRule(tx, { corpId, role, seesMobiles });
    await writeAudit(tx, {
      corpId,
      who,
      action: 'role.mobiles',
      subject: { kind: 'role', id: role },
      detail: { seesMobiles },
      at: clock.now(),
    });
  });
}
