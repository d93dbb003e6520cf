import { type FolderDrafts, image, link, miniprogram, text } from './draft.ts';

/** 新品上市 */
export const launch: FolderDrafts = {
  'sample-pickup': {
    title: '新品试用装领取',
    keywords: '小样 试用 新品',
    parts: [
      text('{客户称呼}，新品试用装给您留了一份，七天的量，凭这张图到{门店}领就行。'),
      image('gift'),
      miniprogram('预约到店时间', 'pages/booking/index.html?item=sample', 'booking'),
      link('试用装怎么用', '头三天只用在晚上', 'guide/sample', 'samples'),
    ],
    marketing: true,
    fit: { stages: ['prospect', 'interested', 'first-order'], tags: ['试用装', '要小样', '敏感肌', '复购'] },
    publishedDaysAgo: 40,
  },
  'set-poster': {
    title: '新品海报：舒缓修护套组',
    keywords: '海报 套组',
    parts: [image('set')],
    marketing: true,
    fit: { tags: ['敏感肌', '泛红', '高客单'] },
    publishedDaysAgo: 36,
  },
  'new-bottle': {
    title: '换包装了，成分没变',
    keywords: '新包装 换瓶',
    parts: [text('新包装换了按压泵头，里面还是原来的配方，批次检测报告也一样，放心用。')],
    fit: { answers: ['换包装', '包装不一样', '瓶子不一样'] },
    publishedDaysAgo: 90,
  },
  'eye-cream-new': {
    title: '双效眼霜到店了',
    keywords: '眼霜 上新',
    parts: [text('双效眼霜到了，早上消肿、晚上润细纹，一支两用。您来的话我给您上手试一侧，自己比。'), image('eyeCream')],
    marketing: true,
    fit: { stages: ['first-order', 'regular'], tags: ['黑眼圈', '抗初老', '高客单'] },
    publishedDaysAgo: 28,
  },
  'big-bottle': {
    title: '精华出大瓶装了',
    keywords: '大瓶 100ml 补货',
    parts: [text('舒缓精华出了 100 毫升的，比两小瓶省 60 元，够用五个月。您常用的话换这瓶划算。'), image('serum')],
    marketing: true,
    fit: { stages: ['regular'], tags: ['复购'], answers: ['大瓶', '大瓶装'] },
    publishedDaysAgo: 60,
  },
  'sunscreen-new': {
    title: '清透防晒换了新质地',
    keywords: '防晒 质地 新品',
    parts: [text('清透防晒改轻了，推开像乳液，成膜快半分钟，戴口罩也不蹭。小样在店里，路过试试。'), image('texture')],
    marketing: true,
    fit: { tags: ['油皮', '混合', '防晒'] },
    publishedDaysAgo: 50,
  },
  'salon-seat': {
    title: '周五护肤小课，留个位',
    keywords: '沙龙 小课 邀请',
    parts: [
      text('{客户称呼}，周五晚上七点半店里讲换季泛红，四十分钟，坐着听就行。给您留个位吗？'),
      image('poster'),
      miniprogram('报名护肤小课', 'pages/events/index.html?event=redness', 'storeFront'),
    ],
    marketing: true,
    fit: { tags: ['新品沙龙', '晚间在线', '泛红'] },
    endsInDays: 6,
    publishedDaysAgo: 9,
  },
  'trial-feedback': {
    title: '试用装用完，说说感受',
    keywords: '反馈 小样',
    parts: [text('试用装用得怎么样？哪里喜欢、哪里不喜欢都告诉我，我原话带给总部，不客气地说也行～')],
    fit: { tags: ['试用装'] },
    publishedDaysAgo: 40,
  },
  'fragrance-free': {
    title: '不喜欢这个味道，有无香的',
    keywords: '无香 味道',
    parts: [text('那换无香那版，配方一样，只是去掉了植物精油的味道。下次来我给您闻两支比比。')],
    fit: { answers: ['味道', '气味', '香味'] },
    publishedDaysAgo: 90,
  },
};
