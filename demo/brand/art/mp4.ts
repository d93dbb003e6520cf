import type { StillVideo } from './h264.ts';

type Content = Buffer | readonly number[];
const timescale = 1000;
const unity = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000];

const words = (...values: number[]): Buffer => {
  const buffer = Buffer.alloc(values.length * 4);
  values.forEach((value, n) => buffer.writeUInt32BE(value, n * 4));
  return buffer;
};
const shorts = (...values: number[]): Buffer => {
  const buffer = Buffer.alloc(values.length * 2);
  values.forEach((value, n) => buffer.writeUInt16BE(value, n * 2));
  return buffer;
};
const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

function atom(type: string, ...contents: Content[]): Buffer {
  const body = Buffer.concat(contents.map((content) => Buffer.from(content)));
  return Buffer.concat([words(body.length + 8), latin(type), body]);
}

function sampleEntry({ width, height, sps, pps }: StillVideo): Buffer {
  const config = atom('avcC', [1, ...sps.subarray(1, 4), 0xff, 0xe1], shorts(sps.length), sps, [1], shorts(pps.length), pps);
  const look = [Buffer.alloc(16), shorts(width, height), words(0x480000, 0x480000, 0), shorts(1), Buffer.alloc(32), shorts(0x18, 0xffff)];
  return atom('avc1', Buffer.alloc(6), shorts(1), ...look, config);
}

function samples(video: StillVideo, sizes: readonly number[], frameMs: number, at: number): Buffer {
  return atom(
    'stbl',
    atom('stsd', words(0, 1), sampleEntry(video)),
    atom('stts', words(0, 1, sizes.length, frameMs)),
    atom('stss', words(0, 1, 1)),
    atom('stsc', words(0, 1, 1, sizes.length, 1)),
    atom('stsz', words(0, 0, sizes.length, ...sizes)),
    atom('stco', words(0, 1, at)),
  );
}

function movie(video: StillVideo, sizes: readonly number[], frameMs: number, at: number): Buffer {
  const length = sizes.length * frameMs;
  const { width, height } = video;
  const source = atom('dinf', atom('dref', words(0, 1), atom('url ', words(1))));
  const media = atom('minf', atom('vmhd', words(1, 0, 0)), source, samples(video, sizes, frameMs, at));
  return atom(
    'moov',
    atom('mvhd', words(0, 0, 0, timescale, length, 0x10000, 0x1000000, 0, 0, ...unity, 0, 0, 0, 0, 0, 0, 2)),
    atom(
      'trak',
      atom('tkhd', words(3, 0, 0, 1, 0, length, 0, 0, 0, 0, ...unity, width << 16, height << 16)),
      atom(
        'mdia',
        atom('mdhd', words(0, 0, 0, timescale, length), shorts(0x55c4, 0)),
        atom('hdlr', words(0, 0), latin('vide'), words(0, 0, 0), latin('video\0')),
        media,
      ),
    ),
  );
}

/** The still for so many seconds, one frame a second, as an MP4 file that can be played while it is being fetched. */
export function encodeMp4(video: StillVideo, seconds: number): Buffer {
  const frames = Array.from({ length: seconds }, (_, n) => (n === 0 ? video.first : video.again(n)));
  const packed = frames.map((frame) => Buffer.concat([words(frame.length), frame]));
  const sizes = packed.map((frame) => frame.length);
  const type = atom('ftyp', latin('isom'), words(0x200), latin('isomiso2avc1mp41'));
  const dataAt = type.length + movie(video, sizes, 1000, 0).length + 8;
  return Buffer.concat([type, movie(video, sizes, 1000, dataAt), atom('mdat', ...packed)]);
}
