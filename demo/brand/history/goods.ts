/** What the brand sells. Fen. */
export const goods = [
  { name: '舒缓精华', price: 19_800, weight: 34 },
  { name: '修护面霜', price: 18_000, weight: 24 },
  { name: '氨基酸洁面', price: 8_800, weight: 18 },
  { name: '清透防晒', price: 13_800, weight: 14 },
  { name: '双效眼霜', price: 21_800, weight: 10 },
] as const;

export const priceOf = (name: string): number => goods.find((item) => item.name === name)?.price ?? 0;
