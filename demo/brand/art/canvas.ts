import type { Shape } from './shapes.ts';

/** Three bytes a pixel: red, green, blue. */
export type Canvas = { width: number; height: number; pixels: Uint8ClampedArray };

/** One colour (`#rrggbb`), or several spread evenly over the shape, from left to right or from top to bottom. */
export type Paint = string | { across: readonly string[] } | { down: readonly string[] };

type Rgb = readonly [number, number, number];

function rgb(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function blend(stops: readonly Rgb[], at: number): Rgb {
  const place = Math.min(1, Math.max(0, at)) * (stops.length - 1);
  const before = stops[Math.floor(place)] ?? [0, 0, 0];
  const after = stops[Math.ceil(place)] ?? before;
  const part = place - Math.floor(place);
  return [before[0] + (after[0] - before[0]) * part, before[1] + (after[1] - before[1]) * part, before[2] + (after[2] - before[2]) * part];
}

function colourAt(paint: Paint, [left, top, right, bottom]: Shape['bounds']): (x: number, y: number) => Rgb {
  if (typeof paint === 'string') {
    const colour = rgb(paint);
    return () => colour;
  }
  if ('across' in paint) {
    const stops = paint.across.map(rgb);
    return (x) => blend(stops, (x - left) / (right - left));
  }
  const stops = paint.down.map(rgb);
  return (_, y) => blend(stops, (y - top) / (bottom - top));
}

export function createCanvas(width: number, height: number, ground: Paint): Canvas {
  const canvas = { width, height, pixels: new Uint8ClampedArray(width * height * 3) };
  draw(canvas, { bounds: [0, 0, width, height], distance: () => -1 }, ground);
  return canvas;
}

/** Lays a shape over what is there. `blur` pixels wide is its edge: a shadow has a wide one. */
export function draw(canvas: Canvas, shape: Shape, paint: Paint, { opacity = 1, blur = 1 } = {}): void {
  const { width, height, pixels } = canvas;
  const [left, top, right, bottom] = shape.bounds;
  const colour = colourAt(paint, shape.bounds);
  const firstX = Math.max(0, Math.floor(left - blur));
  const lastX = Math.min(width - 1, Math.ceil(right + blur));
  const lastY = Math.min(height - 1, Math.ceil(bottom + blur));
  for (let y = Math.max(0, Math.floor(top - blur)); y <= lastY; y += 1)
    for (let x = firstX; x <= lastX; x += 1) {
      const covered = opacity * Math.min(1, Math.max(0, 0.5 - shape.distance(x + 0.5, y + 0.5) / blur));
      if (covered === 0) continue;
      const [red, green, blue] = colour(x + 0.5, y + 0.5);
      const at = (y * width + x) * 3;
      pixels[at] = (pixels[at] ?? 0) * (1 - covered) + red * covered;
      pixels[at + 1] = (pixels[at + 1] ?? 0) * (1 - covered) + green * covered;
      pixels[at + 2] = (pixels[at + 2] ?? 0) * (1 - covered) + blue * covered;
    }
}
