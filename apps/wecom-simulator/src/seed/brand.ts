import type { Department, Gender, Staff } from '../world/world.ts';

export interface Store {
  departmentId: number;
  name: string;
  /** What its channel codes say in `state`. */
  code: string;
}

export const stores: readonly Store[] = [
  { departmentId: 11, name: '南京西路店', code: 'njxl' },
  { departmentId: 12, name: '静安嘉里店', code: 'jajl' },
  { departmentId: 21, name: '天河正佳店', code: 'thzj' },
  { departmentId: 22, name: '福田星河店', code: 'ftxh' },
  { departmentId: 31, name: '三里屯店', code: 'slt' },
  { departmentId: 32, name: '西单大悦城店', code: 'xddyc' },
];

type Row = readonly [userid: string, name: string, gender: Gender, avatar: string];

const headquarters: readonly Row[] = [
  ['shenqiao', '沈乔', 2, 'bob-4'],
  ['luyiming', '陆一鸣', 1, 'man-0'],
  ['shaoqi', '邵琦', 1, 'man-3'],
];

const headquartersTitles = ['运营总监', '总部运营', '会员运营'];

/** The first of each store is its manager, the other four are guides. */
const storeStaff: Record<number, readonly Row[]> = {
  11: [
    ['lujiaming', '陆嘉明', 1, 'man-0'],
    ['zhouyining', '周以宁', 2, 'bun-0'],
    ['xuanqi', '徐安琪', 2, 'bob-2'],
    ['fangmeng', '方萌', 2, 'ponytail-1'],
    ['gutianyu', '顾天宇', 1, 'man-4'],
  ],
  12: [
    ['shenyue', '沈悦', 2, 'bun-3'],
    ['qianduo', '钱朵', 2, 'bob-0'],
    ['yanxinran', '严欣然', 2, 'ponytail-2'],
    ['taozhi', '陶芷', 2, 'bun-5'],
    ['jiangyue', '蒋越', 1, 'man-1'],
  ],
  21: [
    ['huangshaoyi', '黄绍仪', 2, 'bob-4'],
    ['liangyuting', '梁雨婷', 2, 'ponytail-0'],
    ['luoweixin', '罗惟馨', 2, 'bun-1'],
    ['ouyangqing', '欧阳晴', 2, 'bob-5'],
    ['maijunhao', '麦俊豪', 1, 'man-5'],
  ],
  22: [
    ['wuzhilan', '吴芷兰', 2, 'ponytail-5'],
    ['linkexin', '林可欣', 2, 'bun-2'],
    ['zengjia', '曾佳', 2, 'bob-3'],
    ['pengsiqi', '彭思琪', 2, 'ponytail-3'],
    ['dengwen', '邓雯', 2, 'bun-4'],
  ],
  31: [
    ['zhaojing', '赵静', 2, 'bob-1'],
    ['sunyue', '孙玥', 2, 'ponytail-4'],
    ['wangruoxi', '王若溪', 2, 'bun-0'],
    ['hanmei', '韩湄', 2, 'bob-2'],
    ['liuyichen', '刘一辰', 1, 'man-2'],
  ],
  32: [
    ['gaoyuan', '高媛', 2, 'bun-3'],
    ['songzhi', '宋芝', 2, 'ponytail-1'],
    ['mengxi', '孟溪', 2, 'bob-0'],
    ['baixue', '白雪', 2, 'bun-5'],
    ['cuiran', '崔然', 2, 'ponytail-2'],
  ],
};

/** 3 at headquarters, and in each of the 6 stores one manager and 4 guides. */
export function seedStaff(): Staff[] {
  const people = [
    ...headquarters.map((row, n) => ({
      row,
      position: headquartersTitles[n] ?? '会员运营',
      // She leads the corp itself, and head office with it.
      departments: n === 0 ? [2, 1] : [2],
      isLeader: n === 0,
    })),
    ...stores.flatMap(({ departmentId }) =>
      (storeStaff[departmentId] ?? []).map((row, n) => ({
        row,
        position: n === 0 ? '店长' : '美容顾问',
        departments: [departmentId],
        isLeader: n === 0,
      })),
    ),
  ];
  return people.map(({ row, position, departments, isLeader }, n) => ({
    userid: row[0],
    name: row[1],
    position,
    departments,
    isLeader,
    gender: row[2],
    mobile: `138000${String(10_000 + n)}`,
    avatar: row[3],
    status: 1,
  }));
}

/** The guides of a store, without its manager. */
export function guidesOf(departmentId: number): string[] {
  return (storeStaff[departmentId] ?? []).slice(1).map((row) => row[0]);
}

export function managerOf(departmentId: number): string[] {
  return (storeStaff[departmentId] ?? []).slice(0, 1).map((row) => row[0]);
}

export function seedDepartments(): Department[] {
  return [
    { id: 1, name: '素蘅', parentId: 0, order: 100000000, leaders: ['shenqiao'] },
    { id: 2, name: '总部运营', parentId: 1, order: 99999000, leaders: ['shenqiao'] },
    { id: 10, name: '华东区', parentId: 1, order: 99998000, leaders: [] },
    { id: 20, name: '华南区', parentId: 1, order: 99997000, leaders: [] },
    { id: 30, name: '华北区', parentId: 1, order: 99996000, leaders: [] },
    ...stores.map((store, n) => ({
      id: store.departmentId,
      name: store.name,
      parentId: Math.floor(store.departmentId / 10) * 10,
      order: 99990000 - n,
      leaders: managerOf(store.departmentId),
    })),
  ];
}
