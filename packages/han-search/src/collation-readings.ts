// Chinese collation by pinyin puts characters of one syllable side by side, and every browser carries it. These are the syllables in its order, each after
// the first GB 2312 character of its run: where a character falls says how it is read. Wrong for 2 in 100 of the 6,763 characters, those that are
// read in several ways, at a hundredth of the weight of a dictionary. Made by sorting the characters with Intl.Collator beside their known readings.
const runs =
  '吖a哎ai安an肮ang凹ao八ba掰bai扳ban邦bang勹bao卑bei奔ben崩beng逼bi边bian灬biao憋bie玢bin冫bing拨bo卜bu嚓ca猜cai参can仓cang操cao册ce岑cen噌ceng叉cha' +
  '拆chai觇chan伥chang抄chao车che抻chen柽cheng吃chi充chong抽chou出chu揣chuai巛chuan疮chuang吹chui春chun踔chuo呲ci匆cong凑cou粗cu汆cuan崔cui村cun' +
  '搓cuo哒da呆dai丹dan当dang刀dao得de地deng氐di嗲dia掂dian刁diao铫die丁ding丢diu东dong都dou嘟du端duan堆dui吨dun多duo婀e诶ei恩en儿er发fa帆fan匚fang飞fei' +
  '分fen丰feng缶fou夫fu旮ga该gai甘gan冈gang皋gao戈ge给gei根gen庚geng工gong勾gou估gu瓜gua乖guai关guan光guang归gui鳜gun呙guo哈ha咳hai顸han夯hang蒿hao' +
  '诃he黑hei痕hen亨heng轰hong侯hou乎hu花hua怀huai欢huan肓huang灰hui昏hun耠huo丌ji加jia戋jian江jiang艽jiao阶jie巾jin京jing冂jiong纠jiu居ju娟juan噘jue' +
  '军jun咔ka开kai刊kan康kang尻kao苛ke肯ken吭keng空kong抠kou刳ku夸kua蒯kuai宽kuan匡kuang亏kui坤kun扩kuo垃la来lai兰lan啷lang捞lao仂le了lei塄leng哩li' +
  '俩lia奁lian良liang撩liao咧lie拎lin伶ling溜liu龙long娄lou噜lu驴lv娈luan掠lve抡lun罗luo妈ma埋mai颟man邙mang猫mao么me没mei门men虻meng咪mi宀mian喵miao' +
  '乜mie民min名ming谬miu摸mo哞mou毪mu拿na乃nai囡nan囔nang孬nao疒ne馁nei恁nen能neng嗯ng妮ni拈nian娘niang鸟niao捏nie您nin宁ning妞niu农nong耨nou奴nu女nv' +
  '暖nuan疟nve挪nuo喔o讴ou趴pa拍pai潘pan乓pang抛pao呸pei喷pen怦peng丕pi偏pian剽piao氕pie姘pin乒ping钋po剖pou仆pu七qi掐qia千qian慊qiang悄qiao且qie亲qin' +
  '青qing邛qiong丘qiu区qu悛quan炔que逡qun蚺ran禳rang娆rao惹re人ren葚reng日ri戎rong柔rou如ru阮ruan蕤rui闰run若ruo仨sa塞sai三san桑sang搔sao色se森sen' +
  '僧seng杀sha筛shai山shan伤shang捎shao奢she歙shen升sheng尸shi收shou书shu刷shua衰shuai闩shuan双shuang水shui吮shun说shuo厶si忪song嗖sou苏su狻suan' +
  '虽sui孙sun唆suo他ta胎tai坍tan汤tang涛tao忑te疼teng剔ti天tian佻tiao帖tie厅ting通tong偷tou凸tu湍tuan推tui吞tun乇tuo挖wa歪wai弯wan尢wang危wei温wen' +
  '翁weng挝wo乌wu夕xi呷xia仙xian乡xiang枭xiao些xie心xin星xing凶xiong休xiu吁xu轩xuan靴xue勋xun丫ya恹yan央yang幺yao掖ye一yi因yin应ying哟yo佣yong优you' +
  '纡yu鸢yuan曰yue晕yun匝za灾zai糌zan赃zang遭zao则ze贼zei怎zen增zeng扎zha斋zhai沾zhan张zhang钊zhao蜇zhe贞zhen争zheng之zhi中zhong州zhou朱zhu抓zhua' +
  '拽zhuai专zhuan妆zhuang隹zhui肫zhun拙zhuo孜zi宗zong邹zou租zu钻zuan嘴zui尊zun嘬zuo';

const starts = [...runs.matchAll(/([^a-z])([a-z]+)/gu)].map(([, first = '', syllable = '']) => ({ first, syllable }));
const locale = 'zh-Hans-CN-u-co-pinyin';

/** How a Han character is read, in one syllable without tone (`lv` for lü); null when it is not known, or when this machine does not sort by pinyin. */
export type Reader = (character: string) => string | null;

export function collationReader(): Reader {
  const collator = new Intl.Collator(locale);
  // Without the Chinese tables characters sort by their code: 一 before 啊.
  if (collator.compare('啊', '一') > 0) return () => null;
  return (character) => {
    if (!/^[\u4e00-\u9fff]$/.test(character)) return null;
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (collator.compare(starts[middle]?.first ?? '', character) <= 0) low = middle + 1;
      else high = middle;
    }
    return starts[low - 1]?.syllable ?? null;
  };
}
