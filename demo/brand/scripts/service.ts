import { file, type FolderDrafts, image, miniprogram, text } from './draft.ts';

/** 售后 */
export const service: FolderDrafts = {
  'return-rule': {
    title: '七天无理由怎么退',
    keywords: '退货 退款 无理由',
    parts: [
      text('七天内都可以退，用过的小样不用还。您点这里填一下，顺丰上门取，运费我们出。'),
      miniprogram('申请退货', 'pages/orders/return.html', 'parcel'),
    ],
    fit: { answers: ['能退吗', '退货', '想退'] },
  },
  'refund-time': {
    title: '退款几天到账',
    keywords: '退款 到账',
    parts: [text('仓库收到后一到三个工作日，原路退回。到第四天还没到，直接找我，我去催。')],
    fit: { answers: ['退款', '到账'] },
  },
  'wrong-item': {
    title: '发错货，今天就补',
    keywords: '发错 补发 换货',
    parts: [text('对不起，是我们装错了。今天补发对的，顺丰；错的那件您留着，不用寄回。')],
    fit: { answers: ['发错', '不是我买的', '少发', '漏发'] },
  },
  'broken-parcel': {
    title: '收到的时候破了',
    keywords: '破损 漏液',
    parts: [text('您先别用。把外箱和瓶子各拍一张发我，不用等审核，我今天就给您重发。')],
    fit: { answers: ['破了', '漏了', '碎了', '压坏'] },
  },
  invoice: {
    title: '开发票要哪些信息',
    keywords: '发票 抬头 税号',
    parts: [text('抬头和税号发我就行；公司要盖章的，填这张单子，三个工作日内寄出。'), file('invoice')],
    fit: { answers: ['发票', '抬头'] },
  },
  'where-parcel': {
    title: '快递到哪儿了',
    keywords: '物流 快递 单号',
    parts: [text('我查一下，您也可以点这里看，比我转述快。'), miniprogram('我的订单', 'pages/orders/index.html', 'parcel')],
    fit: { answers: ['快递', '物流', '没动', '发货了吗'] },
  },
  'rash-first': {
    title: '起红疹了，先做这三件',
    keywords: '过敏 红疹 停用',
    parts: [text('全部停用，清水洗脸，别再涂东西。今天不缓解就去看皮肤科，看完告诉我，产品无条件退。'), image('patchTest')],
    fit: { answers: ['红疹', '过敏了', '肿了', '起疹'] },
  },
  'pump-stuck': {
    title: '泵头按不出来',
    keywords: '泵头 坏了',
    parts: [text('先逆时针转半圈解锁，瓶身倒过来按十下，把空气排掉。还不行我给您换一瓶。')],
    fit: { answers: ['泵头', '按不出', '挤不出'] },
  },
  'shelf-life': {
    title: '保质期看哪里',
    keywords: '保质期 批号 开封',
    parts: [text('瓶底第二行是到期日。没开封三年，开封后十二个月，瓶身那个小罐子图标写着 12M 就是它。')],
    fit: { answers: ['保质期', '过期', '批号'] },
  },
  genuine: {
    title: '怎么知道是不是正品',
    keywords: '正品 防伪 真假',
    parts: [text('盒子侧面有一块银色防伪码，刮开，用小程序扫一下就出来。在店里买的小票也留着，丢了我能补。')],
    fit: { answers: ['正品', '真假', '防伪'] },
  },
  'calm-first': {
    title: '客户着急了，先说这一句',
    keywords: '投诉 安抚',
    parts: [text('您先别急，这件事我来跟到底。今天晚上八点前给您一个说法，不管结果怎样都回您。')],
    fit: { answers: ['投诉', '生气', '什么态度'] },
  },
};
