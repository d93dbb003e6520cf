import { type FolderDrafts, image, link, miniprogram, text } from './draft.ts';

/** 素蘅会员 */
export const member: FolderDrafts = {
  'points-what': {
    title: '会员积分能换什么',
    keywords: '积分 兑换',
    parts: [miniprogram('会员积分', 'pages/points/index.html', 'memberCard')],
    fit: { tags: ['会员日'], answers: ['积分'] },
  },
  'points-balance': {
    title: '报一下您的积分',
    keywords: '积分 余额 多少分',
    parts: [
      text('{客户称呼}，您现在 {积分} 分，年底前用掉划算，能换一支旅行装。'),
      miniprogram('会员积分', 'pages/points/index.html', 'memberCard'),
    ],
    fit: { stages: ['first-order', 'regular'], tags: ['会员日', '复购'], answers: ['多少积分', '积分还有'] },
  },
  'points-expire': {
    title: '积分年底清零，提醒一声',
    keywords: '积分 过期 清零',
    parts: [text('{客户称呼}，前年的积分月底清零，您还有 {积分} 分。换洁面小样或旅行装都行，要哪样我先备好。')],
    fit: { stages: ['regular', 'asleep'], answers: ['清零', '积分过期'] },
    endsInDays: 30,
    publishedDaysAgo: 20,
  },
  'level-benefits': {
    title: '会员权益一张图',
    keywords: '权益 等级',
    parts: [text('您现在是{会员等级}，生日月双倍积分，每季度一次护理。'), image('memberCard')],
    fit: { stages: ['regular'], answers: ['权益', '等级', '会员有什么'] },
  },
  'gold-how': {
    title: '怎么升级金卡',
    keywords: '金卡 升级',
    parts: [text('近十二个月满 3000 元自动升，我帮您看过了，差多少一会儿发您。不用为了升级多买。')],
    fit: { answers: ['金卡', '升级'] },
  },
  'birthday-words': {
    title: '生日祝福（不带货）',
    keywords: '生日 祝福',
    parts: [text('{客户称呼}，生日快乐。今天好好吃饭，早点睡。店里给您留了一份小礼物，这个月来拿都在。'), image('cake')],
    fit: { answers: ['生日'] },
  },
  'birthday-month': {
    title: '生日月礼包怎么领',
    keywords: '生日 礼包',
    parts: [
      text('生日在 {生日} 对吧？那个月到店报手机号就能领，不用消费。'),
      miniprogram('生日礼包', 'pages/birthday/index.html', 'memberCard'),
    ],
    fit: { answers: ['生日礼包', '生日有'] },
  },
  'empties-points': {
    title: '空瓶回收，环保积分',
    keywords: '空瓶 环保 积分',
    parts: [miniprogram('空瓶回收登记', 'pages/empties/index.html', 'parcel')],
    fit: { tags: ['空瓶回收'] },
  },
  'bring-friend': {
    title: '推荐朋友，两边都有礼',
    keywords: '老带新 邀请',
    parts: [
      text('朋友头一回买满 200，您和她各得 50 元券。转这张卡片就行，不用报名字。'),
      link('送朋友一张 50 元券', '她领了，您也有', 'friend', 'coupon'),
    ],
    marketing: true,
    fit: { stages: ['regular'], tags: ['朋友推荐', '高客单'] },
  },
  'change-phone': {
    title: '会员手机号换绑',
    keywords: '手机号 换绑',
    parts: [text('小程序「我的」右上角设置里改，要旧号收验证码。旧号停了的话，带身份证来店里，我当面给您办。')],
    fit: { answers: ['手机号', '换绑', '换号'] },
  },
};
