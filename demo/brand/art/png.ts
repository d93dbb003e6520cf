import { crc32, deflateSync } from 'node:zlib';
import type { Canvas } from './canvas.ts';

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** A pixel is told as its difference from the one above: soft gradients then hardly take any room. */
function rowsAsDifferences({ width, height, pixels }: Canvas): Buffer {
  const rowLength = width * 3;
  const rows = Buffer.alloc(height * (rowLength + 1));
  for (let y = 0; y < height; y += 1) {
    const to = y * (rowLength + 1);
    rows[to] = 2;
    for (let n = 0; n < rowLength; n += 1) {
      const above = y === 0 ? 0 : (pixels[(y - 1) * rowLength + n] ?? 0);
      rows[to + 1 + n] = ((pixels[y * rowLength + n] ?? 0) - above) & 255;
    }
  }
  return rows;
}

/** The picture as a PNG file, 8 bits a channel. */
export function encodePng(canvas: Canvas): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(canvas.width, 0);
  header.writeUInt32BE(canvas.height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rowsAsDifferences(canvas), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
