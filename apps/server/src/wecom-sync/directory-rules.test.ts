import { expect, test } from 'vitest';
import { roleOfStaff } from './role-of-staff.ts';
import { storesOfDepartments } from './stores-of-departments.ts';

const department = (departmentId: string, name: string, parentId: string | null) => ({
  departmentId,
  name,
  parentId,
  order: 0,
  leaderUserIds: [],
});

test('a department below a region is a store; headquarters beside the regions is not', () => {
  const stores = storesOfDepartments([
    department('1', '素蘅', null),
    department('2', '总部运营', '1'),
    department('10', '华东区', '1'),
    department('11', '南京西路', '10'),
  ]);
  expect(stores).toEqual([{ departmentId: '11', name: '南京西路', region: '华东区' }]);
});

test('a brand without regions has the departments that call themselves stores', () => {
  const stores = storesOfDepartments([department('1', '素蘅', null), department('2', '总部', '1'), department('3', '人民广场店', '1')]);
  expect(stores).toEqual([{ departmentId: '3', name: '人民广场店', region: null }]);
});

test('a region is no store, though its name may end like one', () => {
  const stores = storesOfDepartments([department('1', '素蘅', null), department('10', '华东门店', '1'), department('11', '一店', '10')]);
  expect(stores.map((store) => store.departmentId)).toEqual(['11']);
});

test('an app that sees only one region still finds its stores by their names', () => {
  expect(storesOfDepartments([department('10', '华东区', '1'), department('11', '南京西路店', '10')])).toHaveLength(1);
});

test('who leads the corp is an admin, and head office says in the title who its operators are', () => {
  const stores = new Set(['11']);
  expect(roleOfStaff({ position: '运营总监', leaderOfDepartmentIds: ['2', '1'] }, stores)).toBe('admin');
  expect(roleOfStaff({ position: '总部运营', leaderOfDepartmentIds: [] }, stores)).toBe('operator');
});

test('a manager is one by title or by leading the store; leading anything else makes nobody a manager', () => {
  const stores = new Set(['11']);
  expect(roleOfStaff({ position: '见习店长', leaderOfDepartmentIds: [] }, stores)).toBe('manager');
  expect(roleOfStaff({ position: '', leaderOfDepartmentIds: ['11'] }, stores)).toBe('manager');
  expect(roleOfStaff({ position: '会员运营', leaderOfDepartmentIds: ['2'] }, stores)).toBe('guide');
});
