/** What customers ask, and the script that guides answer it with. The more weight, the more often. */
export const questions = [
  { text: '最近换季，两颊有点泛红', scriptId: 'skin.season-redness', weight: 90 },
  { text: '我积分还能换东西吗', scriptId: 'member.points-what', weight: 60 },
  { text: '面霜和精华能一起用吗', scriptId: 'skin.cream-with-serum', weight: 12 },
  { text: '鼻子旁边起皮了怎么办', scriptId: 'skin.dry-flakes', weight: 9 },
  { text: '有没有适合油皮的防晒', scriptId: 'skin.oily-sunscreen', weight: 8 },
  { text: '下巴又冒痘了', scriptId: 'skin.acne-chin', weight: 8 },
  { text: '刚涂上有点刺痛正常吗', scriptId: 'skin.stinging', weight: 6 },
  { text: '眼霜要怎么按', scriptId: 'care.eye-film', weight: 5 },
  { text: '我那个快递怎么还没动', scriptId: 'service.where-parcel', weight: 6 },
  { text: '能开发票吗', scriptId: 'service.invoice', weight: 4 },
  { text: '现在有什么优惠', scriptId: 'offers.full-rule', weight: 6 },
  { text: '这个能退吗，用着有点干', scriptId: 'service.return-rule', weight: 3 },
  { text: '怀孕了还能用吗', scriptId: 'skin.pregnancy', weight: 3 },
  { text: '快用完了，还有货吗', scriptId: 'care.running-out-answer', weight: 7 },
  { text: '早晚都要用吗', scriptId: 'care.order-of-care', weight: 6 },
] as const;
