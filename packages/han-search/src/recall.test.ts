import { expect, test } from 'vitest';
import { brandLibrary } from './brand-library.test-data.ts';
import { createScriptIndex } from './script-index.ts';

const index = createScriptIndex(brandLibrary);

/** What guides type, and the script they want. */
const wanted: readonly [query: string, title: string][] = [
  // words
  ['红包', '618 红包怎么领'],
  ['退货', '退货流程（七天无理由）'],
  ['怎么退款', '退款多久到账'],
  ['退款到账', '退款多久到账'],
  ['到账', '退款多久到账'],
  ['积分换什么', '会员积分能换什么'],
  ['积分过期', '积分什么时候过期'],
  ['孕妇能用吗', '孕期能用哪些'],
  ['怀孕', '孕期能用哪些'],
  ['敏感肌刷酸', '敏感肌能不能用酸'],
  ['防晒和精华', '精华和防晒能叠吗'],
  ['太贵了', '价格太贵怎么回'],
  ['七天无理由', '退货流程（七天无理由）'],
  ['试用装', '新品试用装领取'],
  ['小样', '新品试用装领取'],
  ['发票抬头', '开发票要什么信息'],
  ['地铁几号口', '南京西路店怎么走'],
  ['客户生气了', '投诉安抚第一句'],
  ['别再发', '客户说别再发消息'],
  ['漏液', '收到破损包裹'],
  ['无名指', '眼霜按摩手法视频'],
  ['老带新', '推荐朋友有礼'],
  // one character
  ['酸', '敏感肌能不能用酸'],
  ['膜', '花瓣面膜敷法 40 秒'],
  // pinyin
  ['hongbao', '618 红包怎么领'],
  ['hong bao', '618 红包怎么领'],
  ['hongb', '618 红包怎么领'],
  ['tuihuo', '退货流程（七天无理由）'],
  ['HuanJiFanHong', '换季泛红，精华怎么用'],
  ['fanhongjinghua', '换季泛红，精华怎么用'],
  ['kaolv', '我再考虑一下怎么接'],
  ['kaolu', '我再考虑一下怎么接'],
  ['kaolü', '我再考虑一下怎么接'],
  ['fapiao', '开发票要什么信息'],
  ['nanjingxilu', '南京西路店怎么走'],
  ['huiyuanri', '会员日双倍积分'],
  ['baozhiqi', '保质期和批号怎么看'],
  ['xinshou', 'A 醇精华新手用法'],
  ['baoma', '哺乳期护肤建议'],
  ['wuliu', '快递到哪里了'],
  ['kongyou', '油皮夏天护肤步骤'],
  // initials
  ['hb', '618 红包怎么领'],
  ['syz', '新品试用装领取'],
  ['thlc', '退货流程（七天无理由）'],
  ['njxl', '南京西路店怎么走'],
  ['hjfh', '换季泛红，精华怎么用'],
  ['zcwa', '早 C 晚 A 入门'],
  // mixtures
  ['618hb', '618 红包怎么领'],
  ['618 hb', '618 红包怎么领'],
  ['618红b', '618 红包怎么领'],
  ['618修护tz', '618 修护套组怎么选'],
  ['会员ri', '会员日双倍积分'],
  ['hongbao 618', '618 红包怎么领'],
  // latin, width, case
  ['spf', 'SPF50+ 防晒怎么选'],
  ['ＳＰＦ５０', 'SPF50+ 防晒怎么选'],
  ['vivi', 'Vivi 老师护肤直播预告'],
  ['a醇', 'A 醇精华新手用法'],
  ['retinol', 'A 醇精华新手用法'],
  // slips
  ['hongbap', '618 红包怎么领'],
  ['hongabo', '618 红包怎么领'],
  ['tuihou', '退货流程（七天无理由）'],
  ['retinal', 'A 醇精华新手用法'],
  ['nanjinxilu', '南京西路店怎么走'],
];

test.for(wanted)('%s finds %s among the first three', ([query, title]) => {
  const { hits } = index.search(query);
  expect(hits.slice(0, 3).map((hit) => hit.scriptId)).toContain(title);
});
