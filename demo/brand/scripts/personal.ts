import { type FolderDrafts, image, text } from './draft.ts';

/** What guides wrote for themselves, by their user id. */
export const personalScripts: Readonly<Record<string, FolderDrafts>> = {
  zhouyining: {
    'keep-one': {
      title: '给您留了一瓶，写您名字',
      keywords: '留货 自提',
      parts: [text('{客户称呼}，给您留了一瓶，写您名字，放在我柜台右手边第二格。我不在就报我名字拿。')],
      fit: { answers: ['能留吗', '给我留', '帮我留'] },
    },
    'seat-for-you': {
      title: '周六下午三点的位',
      keywords: '预约 护理 周末',
      parts: [text('周六下午三点给您排好了，还是我做。要改时间提前两小时说一声就行，不算您迟到。')],
      fit: { tags: ['周末在线'] },
    },
    'wife-gift': {
      title: '送太太，先问三句',
      keywords: '送礼 太太 老婆',
      parts: [text('太太平时皮肤偏干还是偏油？有没有过敏？喜不喜欢有味道的？三句够我配一份了。'), image('thanks')],
      fit: { tags: ['送礼'], answers: ['送老婆', '送女朋友'] },
    },
  },
  xuanqi: {
    'live-tonight': {
      title: '今晚直播，位置给您占好',
      keywords: '直播 今晚',
      parts: [text('今晚八点我在直播间讲换季，您进来打个招呼我就看得到，问题随便问。')],
      marketing: true,
      fit: { tags: ['直播间'] },
    },
  },
  liangyuting: {
    'tea-time': {
      title: '饮茶路过，上来坐坐',
      keywords: '邀请 路过',
      parts: [text('{客户称呼}，周末饮茶路过就上来坐坐，新到的防晒给您试半边脸，比一比再走。')],
      marketing: true,
      fit: { tags: ['周末在线'] },
    },
  },
  linkexin: {
    overtime: {
      title: '加班辛苦，说一句就好',
      keywords: '问候 加班',
      parts: [text('这么晚还没下班呀。回去洗完脸只上面霜就睡，别的明天再说，皮肤也要下班的。')],
      fit: { tags: ['晚间在线'] },
    },
  },
  sunyue: {
    'off-today': {
      title: '我今天轮休，找韩湄一样的',
      keywords: '轮休 交接',
      parts: [text('我今天轮休，东西交给韩湄了，您到店报名字就行。有急事还是发我，看到就回。')],
      fit: { answers: ['你在吗', '在店里吗', '今天上班'] },
    },
  },
  songzhi: {
    'exam-skin': {
      title: '考试周爆痘，别慌',
      keywords: '学生 痘痘 熬夜',
      parts: [text('考试周爆痘多半是熬出来的。洁面、面霜两样就够，别挤，考完来店里我给您看看。')],
      fit: { tags: ['学生', '痘肌'] },
    },
  },
};
