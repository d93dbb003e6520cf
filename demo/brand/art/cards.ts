import { type Canvas, createCanvas, draw } from './canvas.ts';
import { cover, leaf, wordBars } from './scenery.ts';
import { box, circle, ellipse, line, outline, trapezoid, turned } from './shapes.ts';

/** 会员卡, the cover of the points page. */
export function drawMemberCard(): Canvas {
  const canvas = createCanvas(cover.width, cover.height, { down: ['#e0ecea', '#d2e3e0'] });
  draw(canvas, circle(420, 84, 96), '#f2efdf');
  draw(canvas, turned(box(84, 110, 340, 212, 22), -4, 260, 216), '#2c5a5a', { opacity: 0.28, blur: 40 });
  draw(canvas, turned(box(88, 92, 344, 216, 22), -4, 260, 200), { across: ['#2f8583', '#1f6f70', '#135b5e'] });
  draw(canvas, turned(circle(152, 168, 36), -4, 260, 200), '#f0d495');
  leaf(canvas, 150, 194, 46, -8, '#fdf4d8', '#c9a350');
  for (const [n, width] of [120, 84].entries()) draw(canvas, turned(box(208, 150 + n * 28, width, 12, 6), -4, 260, 200), '#a9d0cc');
  for (let n = 0; n < 8; n += 1) draw(canvas, turned(circle(130 + n * 34, 258, 9), -4, 260, 200), n < 5 ? '#f0d495' : '#3c8a89');
  return canvas;
}

/** Where the store is. */
export function drawMapCard(): Canvas {
  const canvas = createCanvas(cover.width, cover.height, '#ebeee6');
  for (const [x1, y1, x2, y2, width] of [
    [-20, 300, 540, 236, 42],
    [120, -20, 176, 440, 30],
    [-20, 96, 540, 132, 22],
    [392, -20, 356, 440, 26],
  ] as const) {
    draw(canvas, line(x1, y1, x2, y2, width + 6), '#d6dbcf');
    draw(canvas, line(x1, y1, x2, y2, width), '#ffffff');
  }
  draw(canvas, box(196, 146, 132, 76, 10), '#dde8d4');
  draw(canvas, box(404, 160, 90, 54, 10), '#e3ded2');
  draw(canvas, box(30, 150, 72, 96, 10), '#e3ded2');
  draw(canvas, box(206, 318, 124, 70, 10), '#d5e4ea');
  draw(canvas, ellipse(262, 268, 34, 10), '#33504f', { opacity: 0.35, blur: 12 });
  draw(canvas, trapezoid(262, 176, 266, 92, 6, 3), '#1f6f70');
  draw(canvas, circle(262, 156, 56), { down: ['#2f8583', '#1f6f70'] });
  draw(canvas, circle(262, 154, 25), '#f6f1e2');
  leaf(canvas, 262, 172, 34, 0, '#2f8583', '#f6f1e2');
  return canvas;
}

/** A calendar with one day chosen. */
export function drawBooking(): Canvas {
  const canvas = createCanvas(cover.width, cover.height, { down: ['#f5ebe3', '#eddccf'] });
  draw(canvas, box(112, 74, 300, 288, 22), '#8a6350', { opacity: 0.22, blur: 40 });
  draw(canvas, box(110, 58, 300, 288, 20), '#fffdf9');
  draw(canvas, box(110, 58, 300, 78, 20), '#e2a995');
  draw(canvas, box(110, 108, 300, 28), '#e2a995');
  for (const x of [184, 336]) draw(canvas, box(x - 8, 38, 16, 46, 8), '#b97f69');
  for (let day = 0; day < 20; day += 1) {
    const x = 150 + (day % 5) * 55;
    const y = 174 + Math.floor(day / 5) * 44;
    if (day === 12) draw(canvas, circle(x, y, 20), '#2f8583');
    draw(canvas, circle(x, y, 6), day === 12 ? '#ffffff' : '#e6d3c7');
  }
  leaf(canvas, 450, 384, 118, 22, { down: ['#a9c3a1', '#86a883'] });
  return canvas;
}

/** The store's front with its awning. */
export function drawStoreFront(): Canvas {
  const canvas = createCanvas(cover.width, cover.height, { down: ['#e6edf0', '#dbe5e8'] });
  draw(canvas, box(0, 348, 520, 68), '#d3d3c8');
  draw(canvas, box(78, 70, 364, 280, 6), { down: ['#f6efe3', '#ebe0ce'] });
  draw(canvas, box(186, 88, 148, 30, 8), '#2f8583');
  wordBars(canvas, 214, 99, [92], '#eaf4f1', 8);
  for (let stripe = 0; stripe < 7; stripe += 1) {
    const colour = stripe % 2 === 0 ? '#2f8583' : '#f7f4ea';
    draw(canvas, box(78 + stripe * 52, 134, 52, 44), colour);
    draw(canvas, circle(104 + stripe * 52, 178, 26), colour);
  }
  draw(canvas, box(110, 214, 128, 106, 4), { down: ['#cfe3e6', '#b4d0d4'] });
  draw(canvas, box(288, 206, 112, 144, 4), { down: ['#bcd6d9', '#9fc1c5'] });
  draw(canvas, box(342, 206, 4, 144), '#ebe0ce');
  draw(canvas, box(110, 320, 128, 30, 2), '#d9c7ab');
  for (const x of [142, 174, 206]) draw(canvas, box(x - 10, 278, 20, 42, 6), x === 174 ? '#e2b7a3' : '#7fb0ad');
  leaf(canvas, 56, 356, 92, -14, { down: ['#9dbd97', '#78a079'] });
  leaf(canvas, 60, 356, 70, 24, { down: ['#b2cba6', '#8cb08a'] });
  leaf(canvas, 462, 356, 84, 10, { down: ['#9dbd97', '#78a079'] });
  return canvas;
}

/** 小程序商城, where an order is looked up. */
export function drawParcel(): Canvas {
  const canvas = createCanvas(cover.width, cover.height, { down: ['#f3eee3', '#e9e1d0'] });
  draw(canvas, ellipse(262, 346, 180, 24), '#6d583d', { opacity: 0.25, blur: 26 });
  draw(canvas, box(110, 148, 304, 196, 8), { across: ['#dfc19a', '#d2b087', '#c19d72'] });
  draw(canvas, box(110, 148, 304, 52, 8), '#e8cfac');
  draw(canvas, box(236, 148, 52, 196), '#f3e4c9');
  draw(canvas, box(318, 252, 70, 62, 5), '#fffaf0');
  wordBars(canvas, 328, 266, [48, 34, 42], '#d0b890', 6, 14);
  draw(canvas, outline(circle(402, 102, 44), 10), '#2f8583');
  draw(canvas, line(384, 102, 398, 116, 10), '#2f8583');
  draw(canvas, line(398, 116, 424, 86, 10), '#2f8583');
  return canvas;
}
