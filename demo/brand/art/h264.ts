import type { Canvas } from './canvas.ts';
import { createBits } from './bits.ts';

/** A picture that stands still, as H.264 that any player plays: its pixels once, plainly, then "as before" for every further frame. */
export type StillVideo = { width: number; height: number; sps: Buffer; pps: Buffer; first: Buffer; again(frame: number): Buffer };

const block = 16;
const half = block / 2;

/** Wraps a payload. Three bytes that look like the start of the next unit are kept apart by a 3. */
function unit(header: number, payload: Uint8Array): Buffer {
  const bytes = [header];
  let zeros = 0;
  for (const byte of payload) {
    if (zeros === 2 && byte <= 3) {
      bytes.push(3);
      zeros = 0;
    }
    bytes.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Buffer.from(bytes);
}

function sequence(columns: number, rows: number): Buffer {
  const bits = createBits();
  bits.raw([66, 0xc0, 30]); // baseline profile, level 3
  bits.golomb(0); // set 0
  bits.golomb(0); // frame numbers of 4 bits
  bits.golomb(2); // shown in the order they come
  bits.golomb(1); // one picture to refer to
  bits.bits(0, 1);
  bits.golomb(columns - 1);
  bits.golomb(rows - 1);
  bits.bits(0b1100, 4); // whole frames, 8×8 inference, no cropping, no further wishes
  return unit(0x67, bits.finish());
}

function picture(): Buffer {
  const bits = createBits();
  bits.golomb(0);
  bits.golomb(0);
  bits.bits(0, 2);
  bits.golomb(0); // one slice group
  bits.golomb(0);
  bits.golomb(0);
  bits.bits(0, 3);
  bits.golomb(0);
  bits.golomb(0);
  bits.golomb(0);
  bits.bits(0b100, 3); // each slice says whether edges are smoothed
  return unit(0x68, bits.finish());
}

type Planes = { luma: Uint8Array; blue: Uint8Array; red: Uint8Array };

/** BT.601, as players expect at this size; colours at half the size. */
function planesOf({ width, height, pixels }: Canvas): Planes {
  const luma = new Uint8Array(width * height);
  const blue = new Uint8Array((width * height) / 4);
  const red = new Uint8Array((width * height) / 4);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 3;
      const [r = 0, g = 0, b = 0] = pixels.subarray(at, at + 3);
      luma[y * width + x] = Math.round(16 + 0.257 * r + 0.504 * g + 0.098 * b);
      if (x % 2 === 1 || y % 2 === 1) continue;
      const small = (y / 2) * (width / 2) + x / 2;
      blue[small] = Math.round(128 - 0.148 * r - 0.291 * g + 0.439 * b);
      red[small] = Math.round(128 + 0.439 * r - 0.368 * g - 0.071 * b);
    }
  return { luma, blue, red };
}

function wholePicture(canvas: Canvas): Buffer {
  const { width, height } = canvas;
  const { luma, blue, red } = planesOf(canvas);
  const bits = createBits();
  bits.golomb(0);
  bits.golomb(7); // every block stands for itself
  bits.golomb(0);
  bits.bits(0, 4);
  bits.golomb(0);
  bits.bits(0, 2);
  bits.golomb(0);
  bits.golomb(1); // no smoothing
  for (let top = 0; top < height; top += block)
    for (let left = 0; left < width; left += block) {
      bits.golomb(25); // pixels follow as they are
      bits.toByteEdge();
      for (let y = 0; y < block; y += 1) bits.raw(luma.subarray((top + y) * width + left, (top + y) * width + left + block));
      for (const plane of [blue, red])
        for (let y = 0; y < half; y += 1) {
          const from = ((top / 2 + y) * width) / 2 + left / 2;
          bits.raw(plane.subarray(from, from + half));
        }
    }
  return unit(0x65, bits.finish());
}

function samePicture(frame: number, blocks: number): Buffer {
  const bits = createBits();
  bits.golomb(0);
  bits.golomb(5);
  bits.golomb(0);
  bits.bits(frame % 16, 4);
  bits.bits(0, 3);
  bits.golomb(0);
  bits.golomb(1);
  bits.golomb(blocks); // all of them skipped: as before
  return unit(0x41, bits.finish());
}

/** Width and height must be multiples of 16. */
export function stillVideo(canvas: Canvas): StillVideo {
  const { width, height } = canvas;
  if (width % block !== 0 || height % block !== 0) throw new RangeError(`${width} × ${height} are no whole blocks of ${block}`);
  const columns = width / block;
  const rows = height / block;
  return {
    width,
    height,
    sps: sequence(columns, rows),
    pps: picture(),
    first: wholePicture(canvas),
    again: (frame) => samePicture(frame, columns * rows),
  };
}
