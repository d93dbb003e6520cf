import { expect, test } from 'vitest';
import { staffByStore } from './staff.ts';

const staff = [
  { userid: 'zhouyining', name: '周以宁', avatar: '', position: '导购', department: '南京西路店' },
  { userid: 'luyan', name: '陆妍', avatar: '', position: '店长', department: '南京西路店' },
  { userid: 'hemu', name: '何沐', avatar: '', position: '导购', department: '静安寺店' },
];

test('colleagues stand under their store, in the order of the world', () => {
  expect(staffByStore(staff, '').map(({ department, staff: members }) => [department, members.length])).toEqual([
    ['南京西路店', 2],
    ['静安寺店', 1],
  ]);
});

test('a search looks at name, id, post and store, whatever the case and the spaces around it', () => {
  expect(staffByStore(staff, ' ZHOU ')).toEqual([{ department: '南京西路店', staff: [staff[0]] }]);
  expect(staffByStore(staff, '店长')).toEqual([{ department: '南京西路店', staff: [staff[1]] }]);
  expect(staffByStore(staff, '静安')).toEqual([{ department: '静安寺店', staff: [staff[2]] }]);
  expect(staffByStore(staff, '没有这个人')).toEqual([]);
});
