import { type FolderDrafts, link, miniprogram, text } from './draft.ts';

/** What each store says for itself: how to get there, when it is open, what it invites to, where to book. Keys are the stores' names. */
export const storeScripts: Readonly<Record<string, FolderDrafts>> = {
  南京西路店: {
    way: {
      title: '南京西路店怎么走',
      keywords: '地址 导航 路线',
      parts: [
        text('二号线南京西路站 2 号口出来，往前走 80 米，一楼门口有绿色雨棚的就是。'),
        link('南京西路店', '静安区南京西路 · 一楼临街', 'store/njxl', 'mapCard'),
      ],
      fit: { answers: ['怎么走', '在哪里', '地址'] },
    },
    hours: {
      title: '南京西路店几点关门',
      keywords: '营业时间 停车',
      parts: [text('每天十点到晚上十点，节假日也开。停车在地下二层，消费满 300 免两小时。')],
      fit: { answers: ['几点', '停车', '营业'] },
    },
    facial: {
      title: '约补水护理，南京西路店',
      keywords: '护理 预约',
      parts: [miniprogram('预约护理 · 南京西路店', 'pages/booking/index.html?store=njxl', 'booking')],
      fit: { answers: ['预约', '护理'] },
    },
    lunch: {
      title: '午休二十分钟，来做个测肤',
      keywords: '午休 测肤 邀请',
      parts: [text('{客户称呼}，您午休要是路过，测肤二十分钟连走路够了。我把两点前那个位给您空着？')],
      marketing: true,
      fit: { tags: ['午休在线'] },
    },
  },
  静安嘉里店: {
    way: {
      title: '静安嘉里店怎么走',
      keywords: '地址 导航',
      parts: [
        text('静安寺站 10 号口上来，嘉里中心南区 B1，扶梯下来右手第三家。'),
        link('静安嘉里店', '嘉里中心南区 B1', 'store/jajl', 'mapCard'),
      ],
      fit: { answers: ['怎么走', '在哪里', '地址'] },
    },
    hours: {
      title: '嘉里店周末到几点',
      keywords: '营业时间',
      parts: [text('平日十点到九点半，周五周六到十点。停车从华山路口进，离场前在前台扫一下。')],
      fit: { answers: ['几点', '停车', '营业'] },
    },
    facial: {
      title: '约舒缓护理，嘉里店',
      keywords: '护理 预约',
      parts: [miniprogram('预约护理 · 静安嘉里店', 'pages/booking/index.html?store=jajl', 'booking')],
      fit: { answers: ['预约', '护理'] },
    },
    coffee: {
      title: '楼上喝咖啡，下来拿小样',
      keywords: '小样 邀请',
      parts: [text('{客户称呼}，您常在楼上喝咖啡吧，下来拿一份小样再走，两分钟的事。')],
      marketing: true,
      fit: { tags: ['要小样', '周末在线'] },
    },
  },
  天河正佳店: {
    way: {
      title: '天河正佳店怎么走',
      keywords: '地址 导航',
      parts: [
        text('体育中心站 D3 口，正佳广场三楼，中庭电梯出来左转就看到。'),
        link('天河正佳店', '正佳广场三楼中庭', 'store/thzj', 'mapCard'),
      ],
      fit: { answers: ['怎么走', '在哪里', '地址'] },
    },
    hours: {
      title: '正佳店营业和停车',
      keywords: '营业时间 停车',
      parts: [text('十点到晚上十点半。停车场从天河路进，会员停两小时不收费，走前报手机号。')],
      fit: { answers: ['几点', '停车', '营业'] },
    },
    facial: {
      title: '约清洁护理，正佳店',
      keywords: '护理 预约',
      parts: [miniprogram('预约护理 · 天河正佳店', 'pages/booking/index.html?store=thzj', 'booking')],
      fit: { answers: ['预约', '护理'] },
    },
    humid: {
      title: '回南天，皮肤怎么收拾',
      keywords: '潮湿 闷热 出油',
      parts: [text('天闷的时候少涂一层。早上只上精华和防晒，面霜留到晚上，脸上会清爽很多。')],
      fit: { tags: ['油皮', '混合', '痘肌'], season: [2, 3, 4, 5] },
    },
  },
  福田星河店: {
    way: {
      title: '福田星河店怎么走',
      keywords: '地址 导航',
      parts: [
        text('购物公园站 C 口，星河 COCO Park 负一层，靠电影院那头。'),
        link('福田星河店', 'COCO Park 负一层', 'store/ftxh', 'mapCard'),
      ],
      fit: { answers: ['怎么走', '在哪里', '地址'] },
    },
    hours: {
      title: '星河店加班也赶得上',
      keywords: '营业时间',
      parts: [text('晚上十点半关门，您下班过来都来得及。快到了说一声，我把东西先拿出来。')],
      fit: { answers: ['几点', '停车', '营业'] },
    },
    facial: {
      title: '约肩颈加补水，星河店',
      keywords: '护理 预约 肩颈',
      parts: [miniprogram('预约护理 · 福田星河店', 'pages/booking/index.html?store=ftxh', 'booking')],
      fit: { answers: ['预约', '护理'] },
    },
    courier: {
      title: '同城一小时送到公司',
      keywords: '同城 配送 跑腿',
      parts: [text('南山福田都能同城送，下单后一小时左右到前台。公司地址和电话发我就行。')],
      fit: { answers: ['寄到公司', '送到', '同城'] },
    },
  },
  三里屯店: {
    way: {
      title: '三里屯店怎么走',
      keywords: '地址 导航',
      parts: [text('团结湖站 A 口，太古里南区二楼，挨着书店，玻璃门那间。'), link('三里屯店', '太古里南区二楼', 'store/slt', 'mapCard')],
      fit: { answers: ['怎么走', '在哪里', '地址'] },
    },
    hours: {
      title: '三里屯店几点方便',
      keywords: '营业时间 人少',
      parts: [text('十点到晚上十点。想清静就周二周三下午来，那会儿人少，能慢慢试。')],
      fit: { answers: ['几点', '人多不多', '营业'] },
    },
    facial: {
      title: '约屏障修护，三里屯店',
      keywords: '护理 预约',
      parts: [miniprogram('预约护理 · 三里屯店', 'pages/booking/index.html?store=slt', 'booking')],
      fit: { answers: ['预约', '护理'] },
    },
    heating: {
      title: '来暖气了，北方这样补',
      keywords: '暖气 干燥 补水',
      parts: [text('来暖气以后脸容易绷。洗脸水别太热，面霜之前湿着脸上精华，床头放杯水也管一点用。')],
      fit: { tags: ['干皮', '敏感肌', '补水'], season: [11, 12, 1, 2, 3] },
    },
  },
  西单大悦城店: {
    way: {
      title: '西单大悦城店怎么走',
      keywords: '地址 导航',
      parts: [text('西单站 F 口直通大悦城，坐飞天梯到二楼，下来回头就是。'), link('西单大悦城店', '大悦城二楼', 'store/xddyc', 'mapCard')],
      fit: { answers: ['怎么走', '在哪里', '地址'] },
    },
    hours: {
      title: '西单店几点关门',
      keywords: '营业时间',
      parts: [text('每天十点到十点，周末人多，三点前来不用等。东西可以先帮您包好。')],
      fit: { answers: ['几点', '人多不多', '营业'] },
    },
    facial: {
      title: '约学生护理日，西单店',
      keywords: '护理 预约 学生',
      parts: [miniprogram('预约护理 · 西单大悦城店', 'pages/booking/index.html?store=xddyc', 'booking')],
      fit: { answers: ['预约', '护理'] },
    },
    student: {
      title: '学生证来，送一支小洁面',
      keywords: '学生 赠品',
      parts: [text('{客户称呼}，带学生证来，买什么都送一支小洁面。月底前有效，和红包能一起用。')],
      marketing: true,
      fit: { tags: ['学生', '价格敏感'] },
      endsInDays: 9,
      publishedDaysAgo: 14,
    },
  },
};
