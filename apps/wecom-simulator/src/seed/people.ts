import type { Gender, Person } from '../world/world.ts';
import { avatarIds } from '../avatars/avatar-svg.ts';
import type { Random } from './random.ts';

const surnames = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文',
  '欧阳',
  '司徒',
];
const womensNames =
  '晓雯 佳怡 思敏 雨桐 欣然 诗涵 梦瑶 静怡 婉清 若溪 可馨 语嫣 心怡 嘉颖 慧敏 丽娟 秀英 文静 雪莹 海燕 晓琳 梓涵 丹丹 璐璐 倩倩 颖 婷 薇 岚 洁 娜 敏 艳 琳 蕾'.split(
    ' ',
  );
const mensNames = '浩然 子轩 宇航 俊杰 志强 建国 嘉豪 天佑 明哲 博文 磊 涛 鹏 斌 超 伟 峰 凯'.split(' ');
const nicknameHeads =
  '小 阿 大 老 是 有点 爱吃 不想 想要 住在 一只 半糖 三分 月下 晚风 清晨 云边 山里 海边 南方 北岛 春日 盛夏 秋水 初雪 今天也'.split(' ');
const nicknameTails =
  '桃 柚子 栗子 团子 葡萄 奶盖 芝士 豆豆 糯米 麻薯 可颂 橘猫 小鹿 鲸鱼 海棠 茉莉 山茶 青柠 薄荷 芒果 星星 月亮 云朵 晚安 听雨 看海 微甜 早睡 发呆 喝茶 晒太阳 不加班 慢慢来 好运来 小卖部 邮差 旅人 种花 画画 弹琴'.split(
    ' ',
  );
const latinNames =
  'Linda Echo May Cici Vivian Yuki Coco Mia Luna Ivy Nina Grace Elaine Doris Sherry Joyce Kiki Bella Amber Chloe Daisy Fiona Gigi Helen Iris Jasmine Kelly Lily Momo Nora Olivia Peggy Queenie Rita Sunny Tina Una Vicky Wendy Zoe Eason Kevin Leo Jason Ray'.split(
    ' ',
  );
const emoji = ['🌸', '🌙', '☀️', '🍀', '🐱', '🌊', '✨', '🍑', '👩‍👧', '🎀'];

/** A person as WeChat knows them: `name` is the nickname. `remark` is what a guide would write for them. */
export interface SeedPerson {
  person: Person;
  remark: string;
}

export function seedPerson(random: Random, taken: Set<string>): SeedPerson {
  const gender: Gender = random.chance(0.86) ? 2 : random.chance(0.85) ? 1 : 0;
  const surname = random.pick(surnames);
  const given = random.pick(gender === 1 ? mensNames : womensNames);
  const name = unusedNickname(random, taken, surname, given);
  const fromAnotherCorp = random.chance(0.03);
  return {
    person: {
      externalUserid: `${fromAnotherCorp ? 'wo' : 'wm'}SHAAC${random.text(25)}`,
      name,
      avatar: random.pick(avatarIds),
      type: fromAnotherCorp ? 2 : 1,
      gender,
      unionid: fromAnotherCorp ? null : `oSH${random.text(25)}`,
      corpName: fromAnotherCorp ? random.pick(['鲸落设计', '半山咖啡', '朴树文化', '云舟科技']) : null,
      position: fromAnotherCorp ? random.pick(['行政', '采购', '设计师', '市场经理']) : null,
    },
    remark: remarkFor(random, gender, surname, given),
  };
}

function unusedNickname(random: Random, taken: Set<string>, surname: string, given: string): string {
  for (let tries = 0; ; tries += 1) {
    const picked = nickname(random, surname, given);
    // There are some thousand nicknames; a larger brand has people with a number behind theirs.
    const name = tries < 100 ? picked : `${picked}${taken.size}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}

function nickname(random: Random, surname: string, given: string): string {
  const kind = random.next();
  if (kind < 0.22) return surname + given;
  if (kind < 0.42) return random.pick(nicknameHeads) + random.pick(nicknameTails);
  if (kind < 0.56) return random.pick(latinNames) + random.pick(['', ` ${surname}`, '酱', '_', `${random.between(1, 99)}`, '🌸']);
  if (kind < 0.7) return random.pick(nicknameTails) + random.pick(['妈妈', '酱', '同学', '小姐', '的店', '本人', '']);
  if (kind < 0.82) return given + random.pick(emoji);
  if (kind < 0.92)
    return `A${random.pick(['00', '01', '.', '-'])}${random.pick(['花店', '美甲', '瑜伽', '烘焙', '房产', '摄影'])}${surname}${random.pick(['姐', '哥', '老师'])}`;
  return given.slice(-1).repeat(2) + random.pick(nicknameTails);
}

function remarkFor(random: Random, gender: Gender, surname: string, given: string): string {
  const kind = random.next();
  if (kind < 0.12) return '';
  const title = gender === 1 ? random.pick(['先生', '哥', '先生']) : random.pick(['小姐', '女士', '姐', '太', '老师']);
  if (kind < 0.62) return `${surname}${title}`;
  if (kind < 0.78) return `${surname}${title}·${given}`;
  if (kind < 0.9) return `${surname}${title} ${random.pick(['敏感肌', '干皮', '会员', '宝妈', '老客', '爱问成分', '周末来', '送礼'])}`;
  return `${surname}${given}`;
}
