import { type FolderDrafts, image, link, miniprogram, text, video } from './draft.ts';

/** 使用回访 */
export const care: FolderDrafts = {
  'serum-week': {
    title: '使用回访：舒缓精华一周',
    keywords: '回访 一周 精华',
    parts: [text('{客户称呼}，{上次购买}用了一周啦，皮肤还适应吗？换季泛红就先停早上那次～'), image('serum')],
    fit: { daysSinceOrder: [6, 9], orderItems: ['精华'] },
  },
  'third-day-use': {
    title: '到手第三天，提醒一句用量',
    keywords: '用量 第三天',
    parts: [text('{上次购买}到手几天了，一次一泵就够。头一周先晚上用，脸上没有不舒服再加早上。')],
    fit: { daysSinceOrder: [2, 4], orderItems: ['精华'] },
  },
  'thanks-parcel': {
    title: '下单后说声谢谢',
    keywords: '感谢 发货',
    parts: [text('收到您的订单了，今天就安排。到手先看封膜，开封后十二个月内用完，别放浴室。'), image('thanks')],
    fit: { daysSinceOrder: [0, 1] },
  },
  'two-weeks': {
    title: '两周了，看看红退了没有',
    keywords: '回访 两周 对比',
    parts: [text('{客户称呼}，用到两周了。找个早上，在窗边拍一张，和之前比一比红的地方，发我也行。')],
    fit: { daysSinceOrder: [13, 16], orderItems: ['精华', '面霜'] },
  },
  month: {
    title: '满一个月，要不要调一调',
    keywords: '回访 一个月',
    parts: [text('{上次购买}用满一个月了。皮肤稳了就照旧；还有不舒服的地方告诉我，我给您换个用法。')],
    fit: { daysSinceOrder: [27, 33] },
  },
  'before-empty': {
    title: '老客回补提醒（空瓶前）',
    keywords: '复购 补货 快用完',
    parts: [text('{客户称呼}，您的{上次购买}差不多该见底了，要不要给您留一瓶？空瓶记得带来换积分。')],
    marketing: true,
    fit: { stages: ['first-order', 'regular'], daysSinceOrder: [55, 75] },
  },
  'running-out-answer': {
    title: '快用完了，给您留一瓶',
    keywords: '补货 快用完',
    parts: [text('好的，我给您留着，写您名字，三天内来拿都在。走不开就告诉我地址，当天寄。')],
    fit: { answers: ['快用完', '用完了', '还有货', '补货'] },
  },
  'serum-film': {
    title: '精华上脸手法 40 秒',
    keywords: '视频 手法 按压',
    parts: [video('serumOnFace')],
    fit: { daysSinceOrder: [1, 12], orderItems: ['精华'], answers: ['手法', '怎么涂', '怎么按'] },
  },
  'eye-film': {
    title: '眼霜怎么按，看这 25 秒',
    keywords: '眼霜 视频 无名指',
    parts: [text('用无名指，从内往外轻轻点，别来回搓。量是一粒绿豆。'), video('eyePress')],
    fit: { daysSinceOrder: [1, 14], orderItems: ['眼霜'], answers: ['眼霜怎么', '眼霜要'] },
  },
  'mask-how': {
    title: '面膜敷多久合适',
    keywords: '面膜 时间 花瓣',
    parts: [text('十五分钟就揭，别等它干。揭完不用洗，轻拍吸收，接着上面霜。'), image('mask')],
    fit: { answers: ['面膜', '敷多久'] },
  },
  'quiet-month': {
    title: '好久没聊，问一句近况',
    keywords: '唤醒 问候',
    parts: [text('{客户称呼}，有阵子没听您说起皮肤了，最近还稳吗？不用买东西，有问题随时问我。')],
    fit: { silentDays: 30 },
  },
  'long-asleep': {
    title: '三个月没见，留一次护理给您',
    keywords: '沉睡 唤醒 护理',
    parts: [
      text('{客户称呼}，好久没见您来店里了。给您留了一次补水护理，四十分钟，月底前都能约。'),
      miniprogram('预约补水护理', 'pages/booking/index.html?item=hydration', 'booking'),
    ],
    marketing: true,
    fit: { stages: ['asleep', 'first-order', 'regular'], silentDays: 75 },
  },
  weather: {
    title: '降温了，提醒一句',
    keywords: '问候 降温 天气',
    parts: [text('这两天降温，两颊容易干。晚上面霜可以多压一层，出门记得围巾别蹭脸。')],
    fit: { season: [10, 11, 12, 1, 2] },
  },
  empties: {
    title: '空瓶攒几个了',
    keywords: '空瓶 回收 积分',
    parts: [text('空瓶洗干净带来，一个换 50 积分，五个换一支正装洁面。您攒到几个了？'), image('empties')],
    fit: { tags: ['空瓶回收', '复购'], answers: ['空瓶'] },
  },
  'order-of-care': {
    title: '早晚各做哪几步',
    keywords: '步骤 流程 早晚',
    parts: [
      text('早上：洁面、精华、防晒。晚上：洁面、精华、面霜。三步就够，多了皮肤也忙不过来。'),
      image('routine'),
      link('早晚三步，一张图', '存下来贴在镜子边上', 'guide/three-steps', 'routine'),
    ],
    fit: { stages: ['first-order'], daysSinceOrder: [1, 20], answers: ['步骤', '早晚', '怎么用'] },
  },
  'no-effect': {
    title: '觉得没效果，先问三件事',
    keywords: '没效果 不明显',
    parts: [text('先别急着换。一次用几泵？早晚都用了吗？有没有和去角质的一起？多半是量没到，您说说看。')],
    fit: { answers: ['没效果', '没什么用', '不明显', '没变化'] },
  },
};
