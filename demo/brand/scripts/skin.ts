import { file, type FolderDrafts, image, link, text } from './draft.ts';

/** 肤质咨询 */
export const skin: FolderDrafts = {
  'season-redness': {
    title: '换季泛红，精华怎么用',
    keywords: '敏感 泛红 换季',
    parts: [text('换季泛红就先停早上那次，晚上薄涂一层，等一两分钟再上面霜。红退了，再慢慢加回早晚。')],
    fit: { tags: ['泛红', '敏感肌'], answers: ['泛红', '换季', '脸红'] },
  },
  'sunscreen-over-serum': {
    title: '防晒能和精华叠着用吗',
    keywords: '防晒 搓泥 叠加',
    parts: [text('可以叠的：精华先上，等一两分钟再涂防晒，不会搓泥。您用的是哪款防晒？我帮您看看成分～')],
    fit: { answers: ['防晒', '搓泥'] },
  },
  'cream-with-serum': {
    title: '面霜和精华谁先谁后',
    keywords: '顺序 先后 叠加',
    parts: [text('先精华后面霜，中间等半分钟。用反了也吸收，就是慢一点，不用重来。'), image('routine')],
    fit: { answers: ['谁先谁后', '一起用', '先用哪个', '顺序'] },
  },
  'oily-sunscreen': {
    title: '油皮选哪种防晒',
    keywords: '油皮 防晒 清爽',
    parts: [text('油皮用清透防晒就行，涂两根手指的量，成膜后不泛油光。出汗多的时候，三小时补一次。'), image('sunscreen')],
    fit: { tags: ['油皮', '混合'], answers: ['油皮的防晒', '适合油皮', '会不会油'] },
  },
  'dry-flakes': {
    title: '起皮了，先这样救',
    keywords: '干皮 起皮 紧绷',
    parts: [text('起皮先别去角质。温水洗脸，湿着脸上精华，再厚敷一层面霜，睡一觉会软很多。')],
    fit: { tags: ['干皮', '补水'], answers: ['起皮', '紧绷', '太干'] },
  },
  stinging: {
    title: '刚涂上有点刺痛',
    keywords: '刺痛 不耐受',
    parts: [text('先停两天，只用洁面和面霜。是刚涂上那一下刺，还是一直刺？一直的话拍张照给我看看。')],
    fit: { answers: ['刺痛', '有点疼', '辣辣的', '火辣'] },
  },
  'acne-chin': {
    title: '下巴一直冒痘',
    keywords: '痘痘 闭口 痘肌',
    parts: [text('下巴的痘和口罩、熬夜关系大。洁面早晚各一次，别磨砂；正在发的地方薄涂，别厚敷。')],
    fit: { tags: ['痘肌', '痘印'], answers: ['冒痘', '长痘', '闭口', '闷痘'] },
  },
  pregnancy: {
    title: '孕期能用哪几样',
    keywords: '孕妇 怀孕 哺乳',
    parts: [text('孕期用洁面、舒缓精华和面霜就好，别的先停。我给您记上了，以后推荐会避开。'), file('ingredients')],
    fit: { tags: ['孕期', '哺乳期'], answers: ['怀孕', '孕妇', '孕期', '哺乳'] },
  },
  'after-clinic': {
    title: '医美做完几天能用',
    keywords: '医美 光子 刷酸',
    parts: [text('刷酸隔三天，光电一般隔七天，先听做项目那位医生的。恢复期从舒缓精华开始，别的放一放。')],
    fit: { tags: ['医美术后'], answers: ['医美', '光子', '刷酸', '水光针'] },
  },
  allergens: {
    title: '成分表与过敏原说明',
    keywords: '成分 过敏 酒精 香精',
    parts: [file('ingredients')],
    fit: { tags: ['过敏史'], answers: ['成分表', '过敏', '酒精', '香精'] },
  },
  'read-label': {
    title: '帮您看看别家的成分表',
    keywords: '成分 对比',
    parts: [text('您把背面那一栏拍给我，我看看酒精和香精排在第几位。排得靠前的，泛红的时候先别用。')],
    fit: { answers: ['帮我看', '看看成分', '这个能用吗'] },
  },
  'dark-circles': {
    title: '黑眼圈，说句实在话',
    keywords: '眼霜 黑眼圈 细纹',
    parts: [text('血管型的眼霜帮不上太多，早睡更管用；干出来的细纹，双效眼霜早晚点涂，一个月看看。'), image('eyeCream')],
    fit: { tags: ['黑眼圈', '抗初老'], answers: ['黑眼圈', '眼袋', '细纹', '眼霜'] },
  },
  dullness: {
    title: '脸黄暗沉，先做好哪一步',
    keywords: '暗沉 提亮 美白',
    parts: [text('先把防晒补上，比多买一瓶精华管用。坚持一个月再看，还想提亮，我给您配下一步。')],
    fit: { tags: ['美白'], answers: ['暗沉', '脸黄', '提亮', '变白'] },
  },
  pores: {
    title: '毛孔和黑头怎么清',
    keywords: '毛孔 黑头 清洁',
    parts: [
      text('黑头别撕。洁面时 T 区多打圈二十秒，一周一次泥膜，洗完马上上精华。'),
      link('三张图看懂毛孔', '出油型、干燥型、松弛型，做法不一样', 'guide/pores', 'texture'),
    ],
    fit: { tags: ['毛孔', '油皮'], answers: ['毛孔', '黑头'] },
  },
  'winter-moist': {
    title: '天冷了会不会不够润',
    keywords: '冬天 滋润 干燥',
    parts: [text('天冷的时候面霜可以厚一点，两颊再压一层。暖气房里加湿器开着，比多涂更省。'), image('cream')],
    fit: { tags: ['干皮'], season: [10, 11, 12, 1, 2], answers: ['够不够润', '不够润', '冬天'] },
  },
  retinol: {
    title: 'A 醇能和精华一起吗',
    keywords: '早C晚A 视黄醇',
    parts: [text('可以，用 A 醇那晚别去角质。先精华，等五分钟再上 A 醇，隔天一次，白天一定涂防晒。')],
    fit: { tags: ['抗初老'], answers: ['A醇', 'A 醇', '早C晚A', '视黄醇'] },
  },
  'men-skin': {
    title: '男生只想用一样',
    keywords: '男士 简单',
    parts: [text('只想用一样的话，氨基酸洁面就够，早晚各一次。洗完紧绷，再加面霜。'), image('cleanser')],
    fit: { answers: ['男士', '男朋友', '老公用'] },
  },
  'baby-no': {
    title: '宝宝能不能用',
    keywords: '宝宝 小孩 儿童',
    parts: [text('我们的都是成人配方，宝宝先别用。您自己用的话，抱宝宝前等它吸收就好。')],
    fit: { tags: ['宝妈'], answers: ['宝宝', '小孩', '孩子能'] },
  },
};
