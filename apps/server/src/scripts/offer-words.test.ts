import { expect, test } from 'vitest';
import { offerIn, offerInAny } from './offer-words.ts';

test('an offer is known by the words of shops, in whatever width they are typed', () => {
  const found = ['全场８折', '满300减50', '满 ３００ 减 ５０', '今天打折', '买一送一', '领券再买', '限时两天'].map(offerIn);
  expect(found).toEqual(['8折', '满300减', '满 300 减', '打折', '买一送一', '领券', '限时']);
});

test('what serves or greets is no offer', () => {
  const plain = ['，周末的轮休表换了，找我前说一声就行。', '瓶子摔骨折了似的，给您换一瓶', '满意就好', '给您留了一瓶', '红了就先停两天'];
  expect(plain.map(offerIn)).toEqual(plain.map(() => null));
  expect(offerInAny(plain)).toBeNull();
  expect(offerInAny([...plain, '五折'])).toBe('五折');
});
