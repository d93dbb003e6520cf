import type { Department, StaffMember, StaffName, StaffStatus, UserInfo } from './answers.ts';
import type { CallWeCom } from './call-wecom.ts';
import { incomplete } from './errors.ts';
import { numberOrNull, records, text, textOrNull, texts, type Loose } from './lenient-reading.ts';
import type { WeCom } from './wecom.ts';
import {
  wecomPaths,
  type WireDepartment,
  type WireDepartmentList,
  type WireFollowUserList,
  type WireUser,
  type WireUserInfo,
  type WireUserList,
  type WireUserName,
  type WireUserNameList,
} from './wire-shapes.ts';

type StaffCalls = Pick<WeCom, 'userInfoByCode' | 'staff' | 'staffOfDepartment' | 'staffNamesOfDepartment' | 'departments' | 'followUsers'>;

/** Who works here and who just signed in. All of it reads, so all of it is repeatable. */
export function staffCalls(call: CallWeCom): StaffCalls {
  const read = <Wire>(api: string, query: Record<string, string> = {}) => call<Wire>({ api, query, repeatable: true });
  return {
    async userInfoByCode(code) {
      return userInfo(await read<WireUserInfo>(wecomPaths.userInfo, { code }));
    },
    async staff(userId) {
      const member = staffMember(await read<WireUser>(wecomPaths.user, { userid: userId }));
      if (member.userId === '') throw incomplete(wecomPaths.user, 'userid');
      return member;
    },
    async staffOfDepartment(departmentId, { deep } = {}) {
      const answer = await read<WireUserList>(wecomPaths.usersOfDepartment, members(departmentId, deep));
      return records<WireUser>(answer.userlist).map(staffMember).filter(isNamed);
    },
    async staffNamesOfDepartment(departmentId, { deep } = {}) {
      const answer = await read<WireUserNameList>(wecomPaths.userNamesOfDepartment, members(departmentId, deep));
      return records<WireUserName>(answer.userlist).map(staffName).filter(isNamed);
    },
    async departments(departmentId) {
      const answer = await read<WireDepartmentList>(wecomPaths.departments, departmentId === undefined ? {} : { id: departmentId });
      return records<WireDepartment>(answer.department).map(department);
    },
    async followUsers() {
      return texts((await read<WireFollowUserList>(wecomPaths.followUsers)).follow_user);
    },
  };
}

const isNamed = ({ userId }: { userId: string }) => userId !== '';

function members(departmentId: string, deep = false): Record<string, string> {
  return { department_id: departmentId, fetch_child: deep ? '1' : '0' };
}

function userInfo(wire: Loose<WireUserInfo>): UserInfo {
  const userId = text(wire.userid);
  const userTicket = text(wire.user_ticket);
  if (userId !== '') return { kind: 'staff', userId, ...(userTicket === '' ? {} : { userTicket }) };
  const externalUserId = text(wire.external_userid);
  return { kind: 'outsider', openId: text(wire.openid), ...(externalUserId === '' ? {} : { externalUserId }) };
}

const statusOfCode = new Map<number | null, StaffStatus>([
  [1, 'active'],
  [2, 'disabled'],
  [4, 'notActivated'],
  [5, 'left'],
]);

function staffMember(wire: Loose<WireUser>): StaffMember {
  const departmentIds = texts(wire.department);
  const leads = Array.isArray(wire.is_leader_in_dept) ? wire.is_leader_in_dept : [];
  return {
    userId: text(wire.userid),
    name: text(wire.name),
    alias: text(wire.alias),
    position: text(wire.position),
    departmentIds,
    mainDepartmentId: textOrNull(wire.main_department),
    leaderOfDepartmentIds: departmentIds.filter((_, index) => leads[index] === 1),
    status: statusOfCode.get(numberOrNull(wire.status)) ?? 'unknown',
    avatarUrl: textOrNull(wire.avatar),
  };
}

function staffName(wire: Loose<WireUserName>): StaffName {
  return { userId: text(wire.userid), name: text(wire.name), departmentIds: texts(wire.department) };
}

function department(wire: Loose<WireDepartment>): Department {
  const parentId = text(wire.parentid);
  return {
    departmentId: text(wire.id),
    name: text(wire.name),
    parentId: parentId === '' || parentId === '0' ? null : parentId,
    order: numberOrNull(wire.order) ?? 0,
    leaderUserIds: texts(wire.department_leader),
  };
}
