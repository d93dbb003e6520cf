import type { ScriptRules } from '@nextline/contract';

type ForbiddenWord = ScriptRules['forbiddenWords'][number];

const absolute = '是绝对化用语，广告法第九条不让用，审核也会退回。';
const promise = '是在保证效果，广告法不让这样说。';
const medical = '是医疗用语，化妆品和普通商品不能用。';

const list = (why: string, words: Record<string, string | null>): ForbiddenWord[] =>
  Object.entries(words).map(([word, replaceWith]) => ({ word, why, replaceWith }));

/**
 * What a brand starts with: absolute words of article 9 of China's advertising law and what the market regulator reads under it, promises of effect,
 * and words that belong to medicine. Each brand goes on with its own.
 */
export const usualForbiddenWords: readonly ForbiddenWord[] = [
  ...list(absolute, {
    最: null,
    最有效: '挺管用',
    最好: '很好',
    最佳: '很好',
    最优: '很好',
    最优惠: '很划算',
    最低价: '划算的价格',
    最便宜: '很划算',
    最安全: '温和',
    最先进: '新',
    最高级: '很好',
    最新款: '新款',
    第一: null,
    第一品牌: '品牌',
    全网第一: null,
    销量第一: '很多人买',
    唯一: null,
    独一无二: '少见',
    国家级: null,
    国际级: null,
    世界级: null,
    全球级: null,
    宇宙级: null,
    国家领导人推荐: null,
    国家免检: null,
    顶级: '很好',
    顶尖: '很好',
    极品: '好货',
    极致: '很好',
    终极: null,
    绝版: '限量',
    绝无仅有: '少见',
    史无前例: '少见',
    前无古人: null,
    空前绝后: null,
    万能: null,
    全能: '多用',
    百分百: null,
    '100%': null,
    全网最低: '划算',
    全网首发: '首发',
    遥遥领先: null,
    领袖品牌: '品牌',
    冠军: null,
    王牌: '招牌',
    之王: null,
    首选: '可以选',
    永久: '长效',
    独家: null,
    填补国内空白: null,
  }),
  ...list(promise, {
    根治: null,
    包治: null,
    无效退款: null,
    保证有效: '很多人用着好',
    零风险: null,
    无副作用: '温和',
    一用就白: null,
    七天见效: null,
  }),
  ...list(medical, {
    治疗: '护理',
    治愈: '改善',
    疗效: '效果',
    药妆: '护肤品',
    医学护肤: '护肤',
    消炎: '舒缓',
    抗炎: '舒缓',
    杀菌: '清洁',
    处方: null,
  }),
];

/** Everyday words that hold a forbidden one and mean no harm. */
export const harmlessWords: readonly string[] =
  '最近 最后 最初 最终 最多 最少 最早 最晚 最迟 最快 最慢 最低消费 最好是 最喜欢 最爱 第一次 第一天 第一步 第一周 第一个 第一支 第一瓶 第一盒 第一时间 第一遍 第一层 第一条 第一单 唯一一次'.split(
    ' ',
  );
