/** Papers that guides hand out as files. */
export const papers = {
  ingredients: {
    fileName: '素蘅成分表与过敏原说明.pdf',
    title: '成分表与过敏原说明',
    lines: [
      '舒缓精华：水、甘油、丁二醇、积雪草提取物、泛醇、透明质酸钠。',
      '修护面霜：水、角鲨烷、神经酰胺、乳木果脂、泛醇。',
      '氨基酸洁面：水、椰油酰甘氨酸钾、甘油、月桂酰谷氨酸钠。',
      '清透防晒：水、氧化锌、丁二醇、生育酚。SPF 40，PA+++。',
      '双效眼霜：水、咖啡因、烟酰胺、透明质酸钠、角鲨烷。',
      '',
      '会提醒您的过敏原：香精、乙醇、羊毛脂、丙二醇。以上五款都没有添加。',
      '对积雪草、坚果脂过敏的，请先看清对应的一行。',
      '换新品前，先涂在前臂内侧，过一晚不红不痒再上脸。',
      '有红肿、刺痛，请先停用，用清水洗净。不缓解就去看医生。',
    ],
  },
  invoice: {
    fileName: '开票信息填写单.pdf',
    title: '开票信息填写单',
    lines: [
      '抬头：',
      '税号：',
      '订单号（小票左上角那一串）：',
      '收票邮箱：',
      '',
      '电子发票当天发到邮箱，纸质的三个工作日内寄出。',
      '消费当年内都可以开。',
    ],
  },
} as const satisfies Record<string, { fileName: string; title: string; lines: readonly string[] }>;

export type PaperName = keyof typeof papers;
