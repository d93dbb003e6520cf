import { type FolderDrafts, image, link, miniprogram, text } from './draft.ts';

/** 新客欢迎 */
export const welcome: FolderDrafts = {
  'first-hello': {
    title: '刚加上，先打个招呼',
    keywords: '自我介绍 开场 你好',
    parts: [text('{客户称呼}您好，我是素蘅{门店}的{导购姓名}。以后护肤上想问什么，直接在这里找我就行，看到就回。')],
    fit: { stages: ['prospect', 'interested'], daysSinceFollow: [0, 1] },
  },
  'skin-question': {
    title: '问一句肤质，好记下来',
    keywords: '肤质 登记 皮肤类型',
    parts: [text('{客户称呼}，您平时是两颊容易干，还是 T 区容易出油？我给您记上，以后推荐就不会乱发。')],
    fit: { stages: ['prospect'], daysSinceFollow: [1, 3] },
  },
  'sample-reserved': {
    title: '试用装登记好了',
    keywords: '小样 登记 领取',
    parts: [text('您的试用装我登记好了，一个月内到{门店}报手机尾号就能拿，不用排队。'), image('samples')],
    fit: { tags: ['试用装', '要小样'], daysSinceFollow: [0, 7] },
  },
  'what-we-are': {
    title: '素蘅是做什么的',
    keywords: '品牌 介绍 敏感肌',
    parts: [
      text('素蘅只做五样：洁面、精华、面霜、防晒、眼霜，都不加香精和酒精。您慢慢看，不急着买。'),
      link('素蘅的五样东西', '为什么只做五样，成分怎么选的', 'brand', 'set'),
    ],
    fit: { stages: ['prospect'], daysSinceFollow: [1, 6], answers: ['你们牌子', '什么牌子', '没听过'] },
  },
  'from-live': {
    title: '直播间来的，小样怎么拿',
    keywords: '直播 小样',
    parts: [text('直播间说的小样给您留着呢，到{门店}报手机尾号就行；来不了店里我给您寄，发个地址就好。'), image('gift')],
    fit: { tags: ['直播间'], daysSinceFollow: [0, 10], answers: ['小样怎么', '怎么领', '直播间说'] },
  },
  'from-friend': {
    title: '朋友推荐来的，先谢谢',
    keywords: '老带新 推荐',
    parts: [text('谢谢您朋友惦记着我们。您先告诉我皮肤偏干还是偏油，我挑两样小样给您试，合适了再说。')],
    fit: { tags: ['朋友推荐'], daysSinceFollow: [0, 5] },
  },
  'third-day': {
    title: '第三天，试过了吗',
    keywords: '回访 小样 三天',
    parts: [text('{客户称呼}，小样试过了吗？头两天先用在晚上，量少一点，脸上舒服再加到早晚。')],
    fit: { stages: ['prospect', 'interested'], daysSinceFollow: [3, 5] },
  },
  'patch-test': {
    title: '敏感肌先在手臂试一下',
    keywords: '过敏 测试 耳后',
    parts: [text('敏感皮肤先别急着上脸。挤黄豆大一点涂在前臂内侧，过一晚，不红不痒再用在脸上。'), image('patchTest')],
    fit: { tags: ['敏感肌', '过敏史'], daysSinceFollow: [0, 7] },
  },
  'first-week': {
    title: '加上一周，问问要不要测肤',
    keywords: '测肤 邀请 预约',
    parts: [
      text('{客户称呼}，店里的皮肤检测五分钟就做完，会出一张报告，看看水油和泛红的位置，不用买东西。'),
      miniprogram('预约皮肤检测', 'pages/booking/index.html?item=skin-test', 'booking'),
    ],
    fit: { stages: ['prospect', 'interested'], daysSinceFollow: [6, 10] },
  },
  'student-start': {
    title: '学生党，从两样开始',
    keywords: '学生 平价 入门',
    parts: [text('学生的话两样就够：洁面和面霜。精华等皮肤真的需要再加，省下来的钱吃点好的～')],
    fit: { tags: ['学生'], daysSinceFollow: [0, 20] },
  },
  'quiet-promise': {
    title: '不会天天打扰您',
    keywords: '打扰 免打扰 退订',
    parts: [text('您放心，活动消息一周不超过三次，不想收随时跟我说一声，我这边一记就停了。')],
    fit: { answers: ['别发了', '太多消息', '别老发', '打扰'] },
  },
};
