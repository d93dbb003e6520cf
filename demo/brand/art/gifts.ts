import { type Canvas, createCanvas, draw } from './canvas.ts';
import { leaf, pictureSize, wordBars } from './scenery.ts';
import { box, circle, ellipse, line, outline, turned, without } from './shapes.ts';

/** A box with a ribbon: the sample that waits in the store. */
export function drawGift(): Canvas {
  const canvas = createCanvas(pictureSize, pictureSize, { down: ['#ece6f2', '#e4dcec'] });
  draw(canvas, circle(462, 170, 112), '#f5eee9');
  draw(canvas, ellipse(328, 540, 220, 32), '#6c5b86', { opacity: 0.24, blur: 34 });
  draw(canvas, box(150, 300, 340, 240, 12), { across: ['#c0aed6', '#b5a2ce', '#a690c2'] });
  draw(canvas, box(150, 300, 340, 22, 0), '#8b75ab', { opacity: 0.25, blur: 16 });
  draw(canvas, box(124, 226, 392, 84, 12), { across: ['#b09ac9', '#a48dc0', '#957db3'] });
  draw(canvas, box(288, 226, 64, 314, 0), { across: ['#f5e9cf', '#eddcb8', '#e0cba0'] });
  for (const side of [-1, 1]) {
    draw(canvas, turned(outline(ellipse(320 + side * 66, 184, 66, 32), 24), side * -26, 320 + side * 66, 184), '#efe0bd');
    draw(canvas, line(320, 224, 320 + side * 74, 262, 20), '#e6d3a8', { opacity: 0.9 });
  }
  draw(canvas, box(292, 196, 56, 44, 14), '#e6d3a8');
  return canvas;
}

/** 红包: a dark card with a sprout. */
export function drawCoupon(): Canvas {
  const canvas = createCanvas(pictureSize, pictureSize, { down: ['#135e61', '#0c4a4d'] });
  draw(canvas, circle(320, 286, 176), '#1c7073');
  draw(canvas, outline(circle(320, 286, 196), 3), '#7fb8b4', { opacity: 0.5 });
  draw(canvas, line(320, 396, 320, 262, 12), '#d7ebe6');
  leaf(canvas, 320, 300, 128, -52, '#e6f4ef', '#1c7073');
  leaf(canvas, 320, 272, 128, 52, '#c2e0d8', '#1c7073');
  draw(canvas, box(196, 514, 248, 14, 7), '#ecdcae');
  draw(canvas, box(248, 550, 144, 10, 5), '#8fc0bb');
  return canvas;
}

/** A poster on a wall, for what has a date. */
export function drawPoster(): Canvas {
  const canvas = createCanvas(pictureSize, pictureSize, { down: ['#f0e4da', '#e8d7c9'] });
  draw(canvas, box(146, 66, 372, 528, 12), '#7b5b48', { opacity: 0.2, blur: 40 });
  draw(canvas, box(138, 52, 364, 520, 10), '#fdf8f2');
  draw(canvas, box(162, 76, 316, 300, 6), { down: ['#f0c9b8', '#e7b29f'] });
  draw(canvas, circle(320, 214, 92), '#f9e4d3');
  leaf(canvas, 320, 330, 190, -24, { down: ['#9cb894', '#7a9d7c'] });
  leaf(canvas, 320, 330, 206, 14, { down: ['#b3c9a4', '#8dab84'] });
  leaf(canvas, 320, 330, 150, 50, { down: ['#c5d5b4', '#a0ba94'] });
  wordBars(canvas, 186, 412, [220, 158], '#b98470', 18, 38);
  wordBars(canvas, 186, 502, [250, 120], '#dcbfb0', 9, 24);
  return canvas;
}

/** A birthday present without words: a small cake. */
export function drawCake(): Canvas {
  const canvas = createCanvas(pictureSize, pictureSize, { down: ['#f8e9e6', '#f2dbd7'] });
  draw(canvas, circle(190, 176, 104), '#fcf4ea');
  draw(canvas, ellipse(320, 524, 236, 40), '#8b5f58', { opacity: 0.18, blur: 30 });
  draw(canvas, ellipse(320, 514, 226, 36), { down: ['#ffffff', '#ecdcd3'] });
  draw(canvas, box(184, 340, 272, 168, 26), { across: ['#fdf6ec', '#f5e6d4', '#e8d2ba'] });
  draw(canvas, box(184, 330, 272, 78, 30), { across: ['#eeb5ac', '#e59f95', '#d78b81'] });
  for (const [x, drop] of [
    [212, 36],
    [264, 62],
    [318, 30],
    [372, 58],
    [426, 34],
  ] as const)
    draw(canvas, box(x - 20, 370, 40, 26 + drop, 20), '#e5a096');
  draw(canvas, box(308, 236, 24, 100, 8), { across: ['#bcd8d3', '#8fbab4'] });
  draw(canvas, turned(ellipse(320, 206, 15, 28), 6, 320, 206), { down: ['#f8dc9a', '#efb45f'] });
  draw(canvas, ellipse(321, 214, 7, 14), '#fdf3d3', { blur: 4 });
  return canvas;
}

/** The card that goes into a parcel: a folded note with a leaf. */
export function drawThanksCard(): Canvas {
  const canvas = createCanvas(pictureSize, pictureSize, { down: ['#e9efe8', '#dde7dc'] });
  draw(canvas, turned(box(150, 196, 344, 260, 12), -5, 320, 320), '#4a5f52', { opacity: 0.2, blur: 44 });
  draw(canvas, turned(box(144, 184, 344, 260, 10), -5, 320, 320), '#fdfbf5');
  draw(canvas, turned(without(box(164, 204, 304, 220, 6), box(168, 208, 296, 212, 4)), -5, 320, 320), '#d5c9a9');
  leaf(canvas, 258, 392, 150, -2, { down: ['#a5c3a0', '#7fa682'] });
  leaf(canvas, 258, 392, 104, 44, { down: ['#bdd3b2', '#99ba97'] });
  for (const [n, width] of [128, 108, 74].entries()) draw(canvas, turned(box(320, 258 + n * 36, width, 11, 5), -5, 320, 320), '#c3b48d');
  return canvas;
}
