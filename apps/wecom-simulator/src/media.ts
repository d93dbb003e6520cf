import { lifetimes, randomId, type Media } from './issued.ts';
import type { Simulator } from './simulator.ts';

export type MediaType = Media['type'];

const megabyte = 1024 * 1024;

/** What may be uploaded as what, by the first bytes of the file; `file` may be anything. Sizes in bytes. */
export const mediaRules: Record<MediaType, { maxBytes: number; looksRight: (bytes: Buffer) => boolean }> = {
  image: { maxBytes: 10 * megabyte, looksRight: (bytes) => isPng(bytes) || isJpeg(bytes) },
  voice: { maxBytes: 2 * megabyte, looksRight: (bytes) => bytes.subarray(0, 5).toString('latin1') === '#!AMR' },
  video: { maxBytes: 10 * megabyte, looksRight: (bytes) => bytes.subarray(4, 8).toString('latin1') === 'ftyp' },
  file: { maxBytes: 20 * megabyte, looksRight: () => true },
};

/** Keeps a file for three days and gives it an id. */
export function keepMedia(sim: Simulator, file: Pick<Media, 'type' | 'fileName' | 'contentType' | 'bytes'>): Media {
  const media: Media = { ...file, mediaId: `3${randomId(48)}`, createdAt: sim.clock.now() };
  sim.issued.media.set(media.mediaId, media);
  return media;
}

/** The file, while it lives; null when the id is unknown or older than three days. */
export function livingMedia(sim: Simulator, mediaId: string): Media | null {
  const media = sim.issued.media.get(mediaId);
  return media && media.createdAt + lifetimes.mediaMs > sim.clock.now() ? media : null;
}

function isPng(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]));
}

function isJpeg(bytes: Buffer): boolean {
  return bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]));
}
