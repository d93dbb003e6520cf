import { type Canvas, createCanvas, draw, type Paint } from './canvas.ts';
import { box, circle, common, ellipse, line, turned } from './shapes.ts';

/** A picture that fills a square bubble, and the cover of a mini-program card as WeCom wants it. */
export const pictureSize = 640;
export const cover = { width: 520, height: 416 };

export type Light = { ground: Paint; sun: string; podium: Paint; podiumTop: string };

/** The room in which products stand: a wall, a soft disc of light, a round podium whose top lies at y = 508. */
export function productStage({ ground, sun, podium, podiumTop }: Light): Canvas {
  const canvas = createCanvas(pictureSize, pictureSize, ground);
  draw(canvas, circle(428, 214, 148), sun);
  draw(canvas, ellipse(320, 522, 250, 52), '#5b6f6c', { opacity: 0.1, blur: 40 });
  draw(canvas, ellipse(320, 556, 224, 44), podium);
  draw(canvas, box(96, 510, 448, 46), podium);
  draw(canvas, ellipse(320, 510, 224, 44), podiumTop);
  return canvas;
}

/** Where something stands, the light is taken away. */
export function shadowUnder(canvas: Canvas, cx: number, y: number, width: number): void {
  draw(canvas, ellipse(cx + width * 0.08, y, width * 0.62, width * 0.12), '#4a5f5d', { opacity: 0.26, blur: 22 });
}

/** A leaf from its stem upwards, turned clockwise by so many degrees. */
export function leaf(canvas: Canvas, x: number, y: number, length: number, degrees: number, colour: Paint, vein = '#ffffff'): void {
  const bend = length * 0.72;
  const aside = length * 0.52;
  const blade = common(circle(x - aside, y - length / 2, bend), circle(x + aside, y - length / 2, bend));
  draw(canvas, turned(blade, degrees, x, y), colour);
  draw(canvas, turned(line(x, y, x, y - length * 0.8, Math.max(2, length * 0.022)), degrees, x, y), vein, { opacity: 0.45 });
}

/** Words seen from afar: bars on a label. */
export function wordBars(canvas: Canvas, x: number, y: number, widths: readonly number[], colour: string, height = 7, gap = 17): void {
  widths.forEach((width, n) => draw(canvas, box(x, y + n * gap, width, height, height / 2), colour));
}

/** A strip of reflected light on glass. */
export function gleam(canvas: Canvas, x: number, y: number, height: number, width = 12, opacity = 0.5): void {
  draw(canvas, box(x, y, width, height, width / 2), '#ffffff', { opacity, blur: 5 });
}
