import { expect, test } from 'vitest';
import { departments, followUsers, zhangsan } from './documented-answers.test-data.ts';
import { connect, documented, ok } from './loopback-wecom.ts';
import { wecomPaths } from './wire-shapes.ts';

test('an OAuth code names a staff member, a customer or a stranger', async () => {
  await using loopback = await documented({
    [wecomPaths.userInfo]: [
      { ...ok, userid: 'USERID', user_ticket: 'USER_TICKET' },
      { ...ok, userid: 'USERID' },
      { ...ok, openid: 'OPENID', external_userid: 'EXTERNAL_USERID' },
      { ...ok, openid: 'OPENID' },
      { errcode: 40029, errmsg: 'invalid code' },
    ],
  });
  const { wecom } = connect(loopback);
  expect(await wecom.userInfoByCode('a+b/c=')).toEqual({ kind: 'staff', userId: 'USERID', userTicket: 'USER_TICKET' });
  expect(await wecom.userInfoByCode('c')).toEqual({ kind: 'staff', userId: 'USERID' });
  expect(await wecom.userInfoByCode('c')).toEqual({ kind: 'outsider', openId: 'OPENID', externalUserId: 'EXTERNAL_USERID' });
  expect(await wecom.userInfoByCode('c')).toEqual({ kind: 'outsider', openId: 'OPENID' });
  await expect(wecom.userInfoByCode('c')).rejects.toMatchObject({ kind: 'caller', errcode: 40029 });
  expect(loopback.asked[1]?.query['code']).toBe('a+b/c=');
});

const asOurs = {
  userId: 'zhangsan',
  name: '张三',
  alias: 'jackzhang',
  position: '后台工程师',
  departmentIds: ['1', '2'],
  mainDepartmentId: '1',
  leaderOfDepartmentIds: ['1'],
  status: 'active',
  avatarUrl: null,
};

test('a staff member, the members of a department, and their names only', async () => {
  await using loopback = await documented({
    [wecomPaths.user]: { ...ok, ...zhangsan },
    [wecomPaths.usersOfDepartment]: { ...ok, userlist: [zhangsan, { ...zhangsan, userid: '0123e4', status: 5, avatar: 'u' }] },
    [wecomPaths.userNamesOfDepartment]: { ...ok, userlist: [{ userid: 'zhangsan', name: '张三', department: [1, 2], open_userid: 'x' }] },
  });
  const { wecom } = connect(loopback);
  expect(await wecom.staff('zhangsan')).toEqual(asOurs);
  expect(await wecom.staffOfDepartment('1', { deep: true })).toEqual([
    asOurs,
    { ...asOurs, userId: '0123e4', status: 'left', avatarUrl: 'u' },
  ]);
  expect(await wecom.staffNamesOfDepartment('1')).toEqual([{ userId: 'zhangsan', name: '张三', departmentIds: ['1', '2'] }]);
  expect(loopback.asked.slice(1).map(({ query }) => query)).toMatchObject([
    { userid: 'zhangsan' },
    { department_id: '1', fetch_child: '1' },
    { department_id: '1', fetch_child: '0' },
  ]);
});

test('somebody without a user id is nobody: not a member of a department, and no answer to who this is', async () => {
  await using loopback = await documented({
    [wecomPaths.user]: ok,
    [wecomPaths.usersOfDepartment]: { ...ok, userlist: [{ ...zhangsan, userid: '' }, zhangsan] },
  });
  const { wecom } = connect(loopback);
  await expect(wecom.staff('zhangsan')).rejects.toMatchObject({ errcode: null, kind: 'transient' });
  expect(await wecom.staffOfDepartment('1')).toEqual([asOurs]);
});

test('departments, and the staff who may have customers', async () => {
  await using loopback = await documented({
    [wecomPaths.departments]: {
      ...ok,
      department: [{ id: 1, name: '青禾', parentid: 0, order: 100000000 }, ...departments.slice(0, 1)],
    },
    [wecomPaths.followUsers]: { ...ok, follow_user: followUsers },
  });
  const { wecom } = connect(loopback);
  expect(await wecom.departments()).toEqual([
    { departmentId: '1', name: '青禾', parentId: null, order: 100000000, leaderUserIds: [] },
    { departmentId: '2', name: '广州研发中心', parentId: '1', order: 10, leaderUserIds: ['zhangsan', 'lisi'] },
  ]);
  await wecom.departments('2');
  expect(loopback.asked.at(-1)?.query['id']).toBe('2');
  expect(await wecom.followUsers()).toEqual(followUsers);
});
