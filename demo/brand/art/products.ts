import { type Canvas, draw } from './canvas.ts';
import * as glaze from './glazes.ts';
import { leaf, productStage, shadowUnder } from './scenery.ts';
import { box, circle } from './shapes.ts';
import { dropperBottle, jar, pumpBottle, tube } from './vessels.ts';

/** 舒缓精华 */
export function drawSerum(): Canvas {
  const canvas = productStage(glaze.tealLight);
  leaf(canvas, 498, 512, 196, 24, { down: ['#a3c4a8', '#7fab90'] });
  leaf(canvas, 512, 514, 120, 62, { down: ['#b6d0b4', '#93b99d'] });
  dropperBottle(canvas, 306, 506, glaze.tealGlaze, 1.06);
  return canvas;
}

/** 修护面霜 */
export function drawCream(): Canvas {
  const canvas = productStage(glaze.sandLight);
  leaf(canvas, 140, 506, 172, -26, { down: ['#c9cda6', '#a9b285'] });
  jar(canvas, 326, 506, glaze.creamGlaze, 1.22);
  return canvas;
}

/** 氨基酸洁面 */
export function drawCleanser(): Canvas {
  const canvas = productStage(glaze.skyLight);
  tube(canvas, 304, 506, glaze.skyGlaze, 1.08);
  for (const [x, y, radius] of [
    [446, 466, 40],
    [502, 490, 26],
    [470, 404, 18],
    [150, 478, 30],
    [188, 442, 14],
  ] as const) {
    draw(canvas, circle(x, y, radius), { down: ['#ffffff', '#d3e5ef'] }, { opacity: 0.85 });
    draw(canvas, circle(x - radius * 0.32, y - radius * 0.34, radius * 0.22), '#ffffff', { blur: 3 });
  }
  return canvas;
}

/** 清透防晒 */
export function drawSunscreen(): Canvas {
  const canvas = productStage(glaze.sunnyLight);
  tube(canvas, 286, 506, glaze.sunnyGlaze, 1.1);
  leaf(canvas, 512, 512, 150, 30, { down: ['#bcca8f', '#9db174'] });
  return canvas;
}

/** 双效眼霜: a small bottle beside its box. */
export function drawEyeCream(): Canvas {
  const canvas = productStage(glaze.lilacLight);
  shadowUnder(canvas, 408, 506, 150);
  draw(canvas, box(340, 256, 140, 250, 6), { across: ['#f9f5ee', '#eee5d8', '#dfd3c2'] });
  draw(canvas, box(340, 256, 24, 250, 6), '#ffffff', { opacity: 0.5 });
  draw(canvas, box(378, 320, 78, 8, 4), '#a996c4');
  draw(canvas, box(378, 342, 54, 8, 4), '#c9bcdb');
  dropperBottle(canvas, 236, 508, glaze.lilacGlaze, 0.84);
  return canvas;
}

/** 修护套组: serum, cream and cleanser together. */
export function drawSet(): Canvas {
  const canvas = productStage(glaze.blushLight);
  pumpBottle(canvas, 200, 500, { ...glaze.creamGlaze, cap: glaze.blushGlaze.cap }, 0.86);
  dropperBottle(canvas, 336, 508, glaze.blushGlaze, 0.96);
  jar(canvas, 458, 514, { ...glaze.blushGlaze, body: { across: ['#fdf3ec', '#f3ddd0', '#e3c4b4'] } }, 0.66);
  return canvas;
}

/** 小样: three little bottles of the same family. */
export function drawSamples(): Canvas {
  const canvas = productStage({ ...glaze.tealLight, ground: { down: ['#edf3ea', '#e1ebdd'] }, sun: '#fbf6e4' });
  dropperBottle(canvas, 182, 506, glaze.tealGlaze, 0.66);
  tube(canvas, 320, 512, glaze.sunnyGlaze, 0.64);
  jar(canvas, 456, 510, glaze.creamGlaze, 0.62);
  leaf(canvas, 540, 506, 120, 34, { down: ['#a9c9a6', '#86af8b'] });
  return canvas;
}

/** 空瓶回收: empty vessels in a tray. */
export function drawEmpties(): Canvas {
  const canvas = productStage({ ...glaze.tealLight, ground: { down: ['#e8efe2', '#dce6d3'] }, sun: '#f6f2dd' });
  const clear = { ...glaze.tealGlaze, body: { across: ['#eef6f4', '#d8e8e4', '#c3dad5'] }, label: '#ffffff' };
  dropperBottle(canvas, 214, 470, clear, 0.78);
  pumpBottle(canvas, 330, 470, { ...glaze.skyGlaze, label: '#ffffff' }, 0.72);
  dropperBottle(canvas, 434, 470, { ...glaze.blushGlaze, body: { across: ['#fbeee7', '#f3dcd0', '#e6c8b9'] } }, 0.7);
  draw(canvas, box(120, 414, 400, 112, 22), { down: ['#a9c0a0', '#8dab86'] });
  draw(canvas, box(120, 414, 400, 16, 8), '#bcd0b2');
  leaf(canvas, 320, 506, 66, 0, '#eef4e6', '#8dab86');
  leaf(canvas, 320, 506, 50, -58, '#dbe7d2', '#8dab86');
  leaf(canvas, 320, 506, 50, 58, '#dbe7d2', '#8dab86');
  return canvas;
}
