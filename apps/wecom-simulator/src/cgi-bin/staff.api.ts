import type { Simulator } from '../simulator.ts';
import type { Department, Staff } from '../world/world.ts';
import type { Api, ApiRequest } from './api.ts';
import { isVisible, visibleStaff } from './reach.ts';
import { WeComError } from './wecom-error.ts';

export const staffApis: Api[] = [
  {
    /** `?userid` → a member without avatar, gender, mobile and mail, which apps made after June 2022 do not get here. 60111, 60011. */
    method: 'GET',
    path: 'user/get',
    handle: (sim, { query }) => ({ ...staffView(visibleStaff(sim, query['userid'])), extattr: { attrs: [] } }),
  },
  {
    /** `?department_id` → `userlist[{userid, name, department, open_userid}]` of exactly this department. 60003. */
    method: 'GET',
    path: 'user/simplelist',
    handle: (sim, request) => ({
      userlist: staffOfDepartment(sim, request).map(({ userid, name, departments }) => ({ userid, name, department: departments })),
    }),
  },
  {
    /** `?department_id` → `userlist` with all that `user/get` says. 60003. */
    method: 'GET',
    path: 'user/list',
    handle: (sim, request) => ({ userlist: staffOfDepartment(sim, request).map(staffView) }),
  },
  {
    /** `?id` → that department and all below it; without id, all. 60003. */
    method: 'GET',
    path: 'department/list',
    handle: (sim, { query }) => ({ department: departmentsBelow(sim, query['id']).map(departmentView) }),
  },
  {
    /** As `department/list`, ids only. */
    method: 'GET',
    path: 'department/simplelist',
    handle: (sim, { query }) => ({
      department_id: departmentsBelow(sim, query['id']).map(({ id, parentId, order }) => ({ id, parentid: parentId, order })),
    }),
  },
  {
    /** `?id` → one department. 60003. */
    method: 'GET',
    path: 'department/get',
    handle: (sim, { query }) => ({ department: departmentView(departmentOf(sim, query['id'])) }),
  },
];

function staffView(staff: Staff): object {
  return {
    userid: staff.userid,
    name: staff.name,
    department: staff.departments,
    order: staff.departments.map(() => 0),
    position: staff.position,
    is_leader_in_dept: staff.departments.map(() => (staff.isLeader ? 1 : 0)),
    direct_leader: [],
    main_department: staff.departments[0] ?? 1,
    alias: '',
    telephone: '',
    status: staff.status,
  };
}

function departmentView({ id, name, leaders, parentId, order }: Department): object {
  return { id, name, name_en: '', department_leader: leaders, parentid: parentId, order };
}

function staffOfDepartment(sim: Simulator, { query }: ApiRequest): Staff[] {
  const { id } = departmentOf(sim, query['department_id']);
  return [...sim.world.staff.values()].filter((staff) => staff.departments.includes(id) && isVisible(sim, staff.userid));
}

function departmentOf(sim: Simulator, id: string | undefined): Department {
  const department = sim.world.departments.find((one) => String(one.id) === id);
  if (!department) throw new WeComError(60003);
  return department;
}

function departmentsBelow(sim: Simulator, id: string | undefined): Department[] {
  const roots = id === undefined || id === '' ? sim.world.departments.filter((one) => one.parentId === 0) : [departmentOf(sim, id)];
  const below = (department: Department): Department[] => [
    department,
    ...sim.world.departments.filter((one) => one.parentId === department.id).flatMap(below),
  ];
  return roots.flatMap(below);
}
