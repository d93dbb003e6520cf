import { type Canvas, createCanvas, draw } from './canvas.ts';
import { leaf } from './scenery.ts';
import { box, circle, common, ellipse, line, outline, turned } from './shapes.ts';

/** What the short films show: a drop above an open palm. */
export function drawDropOnPalm(): Canvas {
  const canvas = createCanvas(320, 320, { down: ['#e8f0ee', '#d9e6e3'] });
  draw(canvas, circle(226, 92, 66), '#f3f0e1');
  draw(canvas, ellipse(166, 276, 120, 18), '#4a5f5d', { opacity: 0.2, blur: 18 });
  for (const [n, length] of [70, 88, 92, 80].entries()) {
    const x = 96 + n * 36;
    draw(canvas, turned(line(x, 232, x, 232 - length, 30), -16 + n * 10, x, 240), { down: ['#f9ddcb', '#f0c6ae'] });
  }
  draw(canvas, turned(line(232, 262, 278, 206, 32), 0, 232, 262), { down: ['#f9ddcb', '#eec3aa'] });
  draw(canvas, box(76, 206, 164, 96, 46), { down: ['#f6d3bf', '#e8b79d'] });
  draw(canvas, ellipse(158, 238, 34, 14), { down: ['#ffffff', '#cfe6e2'] });
  draw(canvas, ellipse(150, 234, 10, 4), '#ffffff', { blur: 2 });
  draw(canvas, box(142, 6, 32, 62, 14), { across: ['#5d9391', '#356b6b'] });
  draw(canvas, box(152, 62, 12, 46, 6), { across: ['#eef7f5', '#bcd6d3'] });
  draw(canvas, ellipse(158, 134, 9, 13), { down: ['#ffffff', '#9fcac5'] });
  leaf(canvas, 40, 312, 92, -10, { down: ['#a9c7b6', '#82ab98'] });
  return canvas;
}

/** Two fingers at the temple: pressing, not rubbing. */
export function drawEyePress(): Canvas {
  const canvas = createCanvas(320, 320, { down: ['#f3eef6', '#e6deee'] });
  draw(canvas, ellipse(150, 164, 140, 178), { across: ['#8a7064', '#7a6257', '#6a544a'] });
  draw(canvas, ellipse(150, 192, 112, 150), { across: ['#fae2d3', '#f4d0bb', '#e8bca5'] });
  for (const x of [104, 198]) {
    draw(canvas, common(outline(ellipse(x, 150, 27, 19), 6), box(x - 36, 152, 72, 30)), '#5a463c');
    draw(canvas, common(outline(ellipse(x, 132, 34, 16), 6), box(x - 40, 104, 80, 26)), '#7a6257', { opacity: 0.7 });
  }
  draw(canvas, line(150, 160, 144, 206, 5), '#e1b39b');
  draw(canvas, ellipse(150, 246, 30, 9), '#d9897d');
  for (const [x, y] of [
    [176, 184],
    [198, 188],
    [220, 182],
  ] as const)
    draw(canvas, circle(x, y, 5), '#c2b1da');
  draw(canvas, line(318, 252, 236, 176, 30), { across: ['#f9ddcb', '#eec3aa'] });
  draw(canvas, line(318, 290, 250, 204, 28), { across: ['#f6d6c3', '#e8b79d'] });
  return canvas;
}
