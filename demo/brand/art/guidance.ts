import { type Canvas, createCanvas, draw } from './canvas.ts';
import * as glaze from './glazes.ts';
import { leaf, pictureSize } from './scenery.ts';
import { box, circle, common, ellipse, line, outline, turned, without } from './shapes.ts';
import { dropperBottle, jar, pumpBottle } from './vessels.ts';

/** Which goes first: three steps on a shelf, with dots that count them. */
export function drawRoutine(): Canvas {
  const canvas = createCanvas(pictureSize, pictureSize, { down: ['#eef2ee', '#e3ebe6'] });
  draw(canvas, box(60, 470, 520, 22, 6), { down: ['#d8c3aa', '#c2a98b'] });
  pumpBottle(canvas, 150, 470, glaze.skyGlaze, 0.78);
  dropperBottle(canvas, 318, 470, glaze.tealGlaze, 0.82);
  jar(canvas, 488, 470, glaze.creamGlaze, 0.72);
  [150, 318, 488].forEach((x, n) => {
    for (let dot = 0; dot <= n; dot += 1) draw(canvas, circle(x - n * 12 + dot * 24, 548, 8), '#5f9291');
    if (n < 2) draw(canvas, line(x + 66, 548, x + 102, 548, 5), '#b7cdc9');
  });
  draw(canvas, circle(500, 130, 62), '#f8e3ad');
  draw(canvas, without(circle(140, 124, 50), circle(164, 112, 44)), '#cbd5e4');
  return canvas;
}

/** What it feels like: a smear of cream and a drop. */
export function drawTexture(): Canvas {
  const canvas = createCanvas(pictureSize, pictureSize, { down: ['#e4efed', '#d6e6e3'] });
  draw(canvas, turned(ellipse(336, 372, 226, 96), -18, 336, 372), '#6d9a97', { opacity: 0.22, blur: 46 });
  draw(canvas, turned(ellipse(320, 350, 226, 96), -18, 320, 350), { down: ['#ffffff', '#e9f4f1'] });
  draw(canvas, turned(ellipse(292, 338, 172, 58), -22, 292, 338), { down: ['#d9ece8', '#f6fbfa'] });
  draw(canvas, turned(ellipse(276, 330, 120, 34), -24, 276, 330), { down: ['#ffffff', '#e0efec'] });
  draw(canvas, circle(486, 186, 54), { down: ['#f5fbfa', '#a9cfca'] });
  draw(canvas, ellipse(468, 166, 14, 10), '#ffffff', { blur: 5 });
  draw(canvas, circle(560, 262, 22), { down: ['#f5fbfa', '#b9d8d4'] });
  draw(canvas, circle(120, 506, 30), { down: ['#f5fbfa', '#b1d3ce'] });
  return canvas;
}

/** What is in it: leaves, a drop, and a table of lines. */
export function drawIngredients(): Canvas {
  const canvas = createCanvas(pictureSize, pictureSize, { down: ['#f1f3e9', '#e6eadb'] });
  draw(canvas, box(92, 96, 300, 452, 16), '#64704f', { opacity: 0.18, blur: 36 });
  draw(canvas, box(86, 84, 300, 452, 14), '#fffef9');
  draw(canvas, box(118, 122, 150, 16, 8), '#7fa37c');
  for (let row = 0; row < 8; row += 1) {
    const y = 176 + row * 42;
    draw(canvas, circle(128, y + 6, 7), row % 3 === 0 ? '#8fb58a' : '#d3dcc6');
    draw(canvas, box(152, y, 96 + ((row * 37) % 88), 11, 5), '#dfe4d3');
  }
  leaf(canvas, 452, 560, 250, 12, { down: ['#a6c49c', '#7ea47c'] });
  leaf(canvas, 466, 562, 176, 52, { down: ['#bfd4ae', '#9aba91'] });
  draw(canvas, circle(480, 176, 56), { down: ['#f2f8ef', '#a9caa6'] });
  draw(canvas, ellipse(462, 156, 15, 10), '#ffffff', { blur: 5 });
  return canvas;
}

/** A face that rests under a mask. */
export function drawMask(): Canvas {
  const canvas = createCanvas(pictureSize, pictureSize, { down: ['#e7eef3', '#dbe6ee'] });
  draw(canvas, ellipse(320, 420, 300, 300), '#8fa9bb', { opacity: 0.25, blur: 60 });
  draw(canvas, ellipse(320, 312, 186, 236), { across: ['#7a6257', '#6a544a', '#59463d'] });
  draw(canvas, box(268, 500, 104, 150, 30), '#eac7b2');
  draw(canvas, ellipse(320, 340, 150, 188), { across: ['#f8dccb', '#f2cdb8', '#e6b9a2'] });
  draw(
    canvas,
    common(ellipse(320, 346, 140, 174), box(160, 196, 320, 330)),
    { across: ['#ffffff', '#f3f8fa', '#dfeaf0'] },
    { opacity: 0.94 },
  );
  for (const x of [264, 376]) {
    draw(canvas, ellipse(x, 318, 40, 21), '#f2cdb8');
    draw(canvas, common(outline(ellipse(x, 306, 28, 20), 6), box(x - 40, 308, 80, 30)), '#5a463c');
  }
  draw(canvas, ellipse(320, 432, 42, 18), '#f2cdb8');
  draw(canvas, ellipse(320, 432, 30, 9), '#d9897d');
  draw(canvas, line(320, 340, 316, 386, 5), '#d8e4ea');
  leaf(canvas, 548, 600, 210, 18, { down: ['#a9c7b6', '#82ab98'] });
  leaf(canvas, 92, 600, 190, -20, { down: ['#bcd3c2', '#97baa5'] });
  return canvas;
}

/** A little on the inside of the arm, then wait: how to try something on sensitive skin. */
export function drawPatchTest(): Canvas {
  const canvas = createCanvas(pictureSize, pictureSize, { down: ['#f8eee8', '#f1e1d8'] });
  draw(canvas, turned(box(-80, 330, 820, 190, 60), -12, 320, 420), '#a87860', { opacity: 0.22, blur: 44 });
  draw(canvas, turned(box(-80, 312, 820, 190, 60), -12, 320, 400), { down: ['#fae0cf', '#f2cab3', '#e4b197'] });
  draw(canvas, turned(box(238, 352, 164, 108, 30), -12, 320, 400), '#fffaf4');
  draw(canvas, turned(box(282, 368, 76, 76, 14), -12, 320, 400), { down: ['#d5e7e3', '#aecfcb'] });
  for (const x of [256, 384]) for (const y of [382, 406, 430]) draw(canvas, turned(circle(x, y, 4), -12, 320, 400), '#e2cdbd');
  draw(canvas, circle(320, 166, 84), '#fffaf4');
  draw(canvas, outline(circle(320, 166, 84), 10), '#d9a593');
  draw(canvas, line(320, 166, 320, 112, 9), '#b97f69');
  draw(canvas, line(320, 166, 356, 184, 9), '#b97f69');
  for (const [x, y] of [
    [320, 98],
    [388, 166],
    [320, 234],
    [252, 166],
  ] as const)
    draw(canvas, circle(x, y, 5), '#d9a593');
  return canvas;
}
