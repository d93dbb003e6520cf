import type { Gender } from '../world/world.ts';

/** When something was said: minutes before the start of the simulator, or so many days ago at an hour of the day in Shanghai. */
export type SeedTime = { minutesAgo: number } | { daysAgo: number; at: string };
export type SeedLine = readonly [from: 'c' | 's', what: string | { picture: string } | { miniprogram: string }, when: SeedTime];

export interface WrittenCustomer {
  name: string;
  remark: string;
  gender: Gender;
  avatar: string;
  tags: readonly string[];
  state: string;
  addWay: number;
  addedDaysAgo: number;
  unread: number;
  lines: readonly SeedLine[];
}

const ago = (minutesAgo: number): SeedTime => ({ minutesAgo });
const day = (daysAgo: number, at: string): SeedTime => ({ daysAgo, at });

/** The customers of 周以宁, the guide whom the demo opens with: written by hand, because they are what everybody sees first. */
export const writtenCustomers: readonly WrittenCustomer[] = [
  {
    name: 'Linda',
    remark: '林小姐',
    gender: 2,
    avatar: 'flower-1',
    tags: ['敏感肌', '复购', '618', '晚间在线', '泛红', '门店扫码'],
    state: 'store-njxl',
    addWay: 1,
    addedDaysAgo: 46,
    unread: 1,
    lines: [
      ['s', '林小姐您好，我是南京西路店的周以宁，刚刚给您试的是舒缓精华', day(46, '19:42')],
      ['c', '嗯嗯，挺清爽的', day(46, '19:45')],
      ['c', '我是敏感肌，换季容易红', day(46, '19:46')],
      ['s', '那先隔天用，用完紧跟面霜，两周后再看', day(46, '19:48')],
      ['c', '一瓶能用多久呀', day(32, '21:07')],
      ['s', '早晚各一泵的话两个半月左右', day(32, '21:15')],
      ['c', '又来拿了一瓶，用着确实稳', day(24, '20:20')],
      ['s', '太好啦，空瓶记得留着，可以换积分', day(24, '20:26')],
      ['c', '618 你们会有活动吗', day(15, '21:32')],
      ['s', '有的，修护套组会做预售，出来第一时间跟您说', day(15, '21:40')],
      ['s', '林小姐，新品试用装给您留了一份，凭这张图到店领就行', day(7, '14:10')],
      ['s', { picture: 'gift' }, day(7, '14:10')],
      ['c', '好呀，周末过去', day(7, '14:26')],
      ['c', '想问下防晒能和精华叠着用吗？会不会搓泥', day(3, '20:41')],
    ],
  },
  {
    name: '晓雯要早睡',
    remark: '陈太·晓雯',
    gender: 2,
    avatar: 'cat-2',
    tags: ['干皮', '高客单', '周末在线', '朋友推荐'],
    state: '',
    addWay: 3,
    addedDaysAgo: 210,
    unread: 2,
    lines: [
      ['s', '陈太，上次的面霜用得还习惯吗', day(18, '11:05')],
      ['c', '可以的，我妈也在用', day(18, '11:31')],
      ['c', '在吗', ago(14)],
      ['c', '面霜快用完了，你们周末还有活动吗', ago(12)],
    ],
  },
  {
    name: 'Echo 顾',
    remark: 'Echo 顾',
    gender: 2,
    avatar: 'sea-3',
    tags: ['混合', '美白', '直播间'],
    state: 'live-0601',
    addWay: 1,
    addedDaysAgo: 12,
    unread: 0,
    lines: [
      ['c', '直播间说的小样怎么领', day(12, '21:12')],
      ['s', '到店报手机尾号就行，给您留了', day(12, '21:20')],
      ['c', '刚拿到，颜色好看', ago(113)],
      ['c', { picture: 'shelf' }, ago(111)],
    ],
  },
  {
    name: '吴桐',
    remark: '吴先生',
    gender: 1,
    avatar: 'mountain-1',
    tags: ['送礼', '价格敏感'],
    state: 'store-njxl',
    addWay: 1,
    addedDaysAgo: 2,
    unread: 1,
    lines: [
      ['s', '吴先生您好，我是周以宁，礼盒我先帮您留着', day(2, '18:22')],
      ['c', '好的', day(2, '18:24')],
      ['c', '送老婆的话哪个合适', ago(205)],
    ],
  },
  {
    name: '可可不加糖',
    remark: '许可可',
    gender: 2,
    avatar: 'coffee-1',
    tags: ['油皮', '毛孔', '首单', '小程序'],
    state: 'miniapp-home',
    addWay: 1,
    addedDaysAgo: 30,
    unread: 0,
    lines: [
      ['c', '洁面收到了，泡沫很细', day(1, '20:02')],
      ['s', '油皮早晚一次就够，别贪多', day(1, '20:10')],
      ['c', '好的谢谢～', day(1, '20:11')],
    ],
  },
  {
    name: '宋老师的阳台',
    remark: '宋老师',
    gender: 2,
    avatar: 'sprout-5',
    tags: ['抗初老', '上午在线', '公众号'],
    state: '',
    addWay: 2,
    addedDaysAgo: 1,
    unread: 1,
    lines: [['c', '我通过了你的好友请求', day(1, '16:40')]],
  },
  {
    name: '阿May',
    remark: '',
    gender: 2,
    avatar: 'night-3',
    tags: ['敏感肌', '会员日', '复购'],
    state: 'store-njxl',
    addWay: 1,
    addedDaysAgo: 160,
    unread: 0,
    lines: [
      ['c', '我积分还有多少', day(2, '22:15')],
      ['s', '您点这个就能看到，还能换旅行装', day(2, '22:20')],
      ['s', { miniprogram: '会员积分' }, day(2, '22:20')],
    ],
  },
  {
    name: '罗罗',
    remark: '罗女士',
    gender: 2,
    avatar: 'cactus-2',
    tags: ['干皮', '空瓶回收', '复购'],
    state: 'store-njxl',
    addWay: 1,
    addedDaysAgo: 300,
    unread: 0,
    lines: [
      ['c', '攒了五个空瓶了', day(2, '12:02')],
      ['s', '空瓶可以带来店里换一支正装洁面，周三到周日我都在', day(2, '12:11')],
    ],
  },
  {
    name: '唐小满',
    remark: '唐小姐',
    gender: 2,
    avatar: 'bob-4',
    tags: ['痘肌', '学生', '价格敏感'],
    state: 'mall-spring',
    addWay: 1,
    addedDaysAgo: 20,
    unread: 0,
    lines: [
      ['c', '周六下午有人做护理吗', day(4, '13:20')],
      ['s', '已为您预约周六下午 3 点，到店找我就行', day(4, '13:28')],
    ],
  },
  {
    name: '周小满',
    remark: '周小满',
    gender: 2,
    avatar: 'dog-3',
    tags: ['孕期', '敏感肌'],
    state: '',
    addWay: 6,
    addedDaysAgo: 75,
    unread: 0,
    lines: [
      ['s', '孕期只用洁面、舒缓精华和面霜就好，我给您记上了', day(5, '10:12')],
      ['c', '嗯嗯收货了', day(5, '10:40')],
    ],
  },
];
