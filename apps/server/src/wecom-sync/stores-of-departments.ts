import type { Department } from '@nextline/wecom';

export type StoreOfDepartment = { departmentId: string; name: string; region: string | null };

/**
 * Which departments are stores. WeCom knows only a tree, so this is the one rule: a store is a department without sub-departments that
 * lies below a region, that is two or more levels below the root; its region is its parent. Where a brand has no regions and the stores
 * hang on the root, the name decides: it ends in 店, 专柜 or 门市. A department whose parent the app may not see counts as a root.
 */
export function storesOfDepartments(departments: readonly Department[]): StoreOfDepartment[] {
  const byId = new Map(departments.map((department) => [department.departmentId, department]));
  const parents = new Set(departments.map((department) => department.parentId));
  const parentOf = (department: Department) => (department.parentId === null ? undefined : byId.get(department.parentId));
  return departments.flatMap((department) => {
    const parent = parentOf(department);
    if (!parent || parents.has(department.departmentId)) return [];
    const belowRegion = parentOf(parent) !== undefined;
    if (!belowRegion && !/(店|专柜|门市)$/.test(department.name)) return [];
    return [{ departmentId: department.departmentId, name: department.name, region: belowRegion ? parent.name : null }];
  });
}
