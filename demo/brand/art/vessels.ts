import { type Canvas, draw, type Paint } from './canvas.ts';
import { gleam, shadowUnder, wordBars } from './scenery.ts';
import { box, ellipse, trapezoid } from './shapes.ts';

export type Glaze = { body: Paint; cap: Paint; collar: Paint; label: string; words: string };

/** A dropper bottle that stands on y: 172 wide, 330 high at full size. */
export function dropperBottle(canvas: Canvas, cx: number, y: number, glaze: Glaze, size = 1): void {
  const at = (left: number, top: number, width: number, height: number, radius: number) =>
    box(cx + left * size, y + top * size, width * size, height * size, radius * size);
  shadowUnder(canvas, cx, y, 172 * size);
  draw(canvas, at(-86, -218, 172, 220, 34), glaze.body);
  draw(canvas, at(-46, -252, 92, 44, 10), glaze.collar);
  draw(canvas, at(-26, -346, 52, 104, 24), glaze.cap);
  draw(canvas, at(-16, -338, 9, 78, 4), '#ffffff', { opacity: 0.28, blur: 4 });
  draw(canvas, at(-56, -166, 112, 122, 8), glaze.label);
  wordBars(canvas, cx - 36 * size, y - 136 * size, [72 * size, 54 * size], glaze.words, 7 * size, 19 * size);
  draw(canvas, at(-36, -80, 22, 5, 2), glaze.words, { opacity: 0.6 });
  gleam(canvas, cx - 74 * size, y - 196 * size, 166 * size, 11 * size);
}

/** A low jar with a lid: 220 wide, 168 high at full size. */
export function jar(canvas: Canvas, cx: number, y: number, glaze: Glaze, size = 1): void {
  const at = (left: number, top: number, width: number, height: number, radius: number) =>
    box(cx + left * size, y + top * size, width * size, height * size, radius * size);
  shadowUnder(canvas, cx, y, 220 * size);
  draw(canvas, at(-104, -112, 208, 114, 30), glaze.body);
  draw(canvas, at(-110, -168, 220, 66, 14), glaze.cap);
  draw(canvas, at(-110, -108, 220, 7, 3), '#40504e', { opacity: 0.14, blur: 4 });
  draw(canvas, at(-58, -86, 116, 60, 6), glaze.label);
  wordBars(canvas, cx - 40 * size, y - 70 * size, [80 * size, 56 * size], glaze.words, 6 * size, 17 * size);
  gleam(canvas, cx - 92 * size, y - 88 * size, 62 * size, 9 * size);
}

/** A tube that stands on its cap: 190 wide at the seam, 340 high at full size. */
export function tube(canvas: Canvas, cx: number, y: number, glaze: Glaze, size = 1): void {
  shadowUnder(canvas, cx, y, 150 * size);
  draw(canvas, trapezoid(cx, y - 340 * size, y - 62 * size, 190 * size, 132 * size, 12 * size), glaze.body);
  draw(canvas, box(cx - 95 * size, y - 342 * size, 190 * size, 26 * size, 6 * size), glaze.collar);
  draw(canvas, box(cx - 62 * size, y - 66 * size, 124 * size, 66 * size, 12 * size), glaze.cap);
  draw(canvas, ellipse(cx, y - 206 * size, 42 * size, 42 * size), glaze.label);
  wordBars(canvas, cx - 38 * size, y - 144 * size, [76 * size, 50 * size], glaze.words, 7 * size, 18 * size);
  gleam(canvas, cx - 74 * size, y - 300 * size, 196 * size, 10 * size, 0.55);
}

/** A pump bottle: 150 wide, 360 high at full size. */
export function pumpBottle(canvas: Canvas, cx: number, y: number, glaze: Glaze, size = 1): void {
  const at = (left: number, top: number, width: number, height: number, radius: number) =>
    box(cx + left * size, y + top * size, width * size, height * size, radius * size);
  shadowUnder(canvas, cx, y, 150 * size);
  draw(canvas, at(-9, -352, 18, 70, 6), glaze.collar);
  draw(canvas, at(-72, -366, 98, 26, 12), glaze.cap);
  draw(canvas, at(-34, -302, 68, 46, 8), glaze.cap);
  draw(canvas, at(-76, -264, 152, 266, 38), glaze.body);
  draw(canvas, at(-48, -196, 96, 130, 8), glaze.label);
  wordBars(canvas, cx - 32 * size, y - 168 * size, [64 * size, 46 * size, 54 * size], glaze.words, 6 * size, 18 * size);
  gleam(canvas, cx - 64 * size, y - 236 * size, 200 * size, 10 * size);
}
