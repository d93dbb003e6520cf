/** What sells, in the words of shops. Few and plain: whoever reads that a sentence counts as marketing must see at once why. */
const offers = new RegExp(
  [
    '优惠',
    '折扣',
    '打折',
    '[一二两三四五六七八九半\\d.]折',
    '特价',
    '半价',
    '满\\s*\\d+\\s*[减送赠]',
    '满[减赠]',
    '立减',
    '直降',
    '秒杀',
    '促销',
    '大促',
    '限时',
    '抢购',
    '代金券',
    '领券',
    '红包',
    '买[一二三\\d]+[送赠][一二三\\d]*',
    '清仓',
  ].join('|'),
);

/** The first words of a text that make it an offer, as they are written there in half width; null when it is none. */
export const offerIn = (text: string): string | null => offers.exec(text.normalize('NFKC'))?.[0] ?? null;

/** The same of several texts. */
export function offerInAny(texts: readonly string[]): string | null {
  for (const text of texts) {
    const offer = offerIn(text);
    if (offer !== null) return offer;
  }
  return null;
}
