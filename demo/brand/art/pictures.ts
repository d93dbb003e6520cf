import type { Canvas } from './canvas.ts';
import * as cards from './cards.ts';
import * as gifts from './gifts.ts';
import * as guidance from './guidance.ts';
import * as products from './products.ts';

/** Every picture that a script may hold, by the name scripts use, with the file name that customers see. */
export const pictures = {
  serum: { fileName: '舒缓精华.png', draw: products.drawSerum },
  cream: { fileName: '修护面霜.png', draw: products.drawCream },
  cleanser: { fileName: '氨基酸洁面.png', draw: products.drawCleanser },
  sunscreen: { fileName: '清透防晒.png', draw: products.drawSunscreen },
  eyeCream: { fileName: '双效眼霜.png', draw: products.drawEyeCream },
  set: { fileName: '舒缓修护套组.png', draw: products.drawSet },
  samples: { fileName: '试用装三件.png', draw: products.drawSamples },
  empties: { fileName: '空瓶回收.png', draw: products.drawEmpties },
  gift: { fileName: '到店领取.png', draw: gifts.drawGift },
  coupon: { fileName: '红包领取.png', draw: gifts.drawCoupon },
  poster: { fileName: '活动海报.png', draw: gifts.drawPoster },
  cake: { fileName: '生日快乐.png', draw: gifts.drawCake },
  thanks: { fileName: '谢谢您.png', draw: gifts.drawThanksCard },
  routine: { fileName: '先后顺序.png', draw: guidance.drawRoutine },
  texture: { fileName: '质地.png', draw: guidance.drawTexture },
  ingredients: { fileName: '成分一览.png', draw: guidance.drawIngredients },
  mask: { fileName: '面膜敷法.png', draw: guidance.drawMask },
  patchTest: { fileName: '耳后先试.png', draw: guidance.drawPatchTest },
  memberCard: { fileName: '会员卡.png', draw: cards.drawMemberCard },
  mapCard: { fileName: '门店位置.png', draw: cards.drawMapCard },
  booking: { fileName: '护理预约.png', draw: cards.drawBooking },
  storeFront: { fileName: '门店.png', draw: cards.drawStoreFront },
  parcel: { fileName: '订单.png', draw: cards.drawParcel },
} as const satisfies Record<string, { fileName: string; draw: () => Canvas }>;

export type PictureName = keyof typeof pictures;
