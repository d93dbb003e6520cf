export type KnownContent = { kind: 'image' | 'video' | 'file'; contentType: string };

const has = (bytes: Uint8Array, at: number, ...expected: number[]) => expected.every((byte, n) => bytes[at + n] === byte);
const text = (bytes: Uint8Array, at: number, length: number) => new TextDecoder('latin1').decode(bytes.subarray(at, at + length));

// A map, not an object: a file may be called `__proto__`.
const office = new Map([
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['pptx', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
]);

/** The family of MP4. A photo of an iPhone (HEIC) and its films (MOV) begin alike; WeCom takes neither. */
const mp4Brands = /^(isom|iso[2-9]|mp4[12]|avc1|M4V |MSNV|mmp4|dash|f4v )$/;

/** What a file is by its first bytes, never by what it claims. Null: nothing that WeCom lets a guide send. */
export function sniffContent(fileName: string, bytes: Uint8Array): KnownContent | null {
  if (has(bytes, 0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return { kind: 'image', contentType: 'image/png' };
  if (has(bytes, 0, 0xff, 0xd8, 0xff)) return { kind: 'image', contentType: 'image/jpeg' };
  if (text(bytes, 4, 4) === 'ftyp' && mp4Brands.test(text(bytes, 8, 4))) return { kind: 'video', contentType: 'video/mp4' };
  if (text(bytes, 0, 5) === '%PDF-') return { kind: 'file', contentType: 'application/pdf' };
  const contentType = office.get(fileName.split('.').at(-1)?.toLowerCase() ?? '');
  if (contentType !== undefined && has(bytes, 0, 0x50, 0x4b, 0x03, 0x04)) return { kind: 'file', contentType };
  return null;
}

/** WeCom's limits in bytes. */
export const largestBytes = { image: 10 * 1024 * 1024, video: 10 * 1024 * 1024, file: 20 * 1024 * 1024 } as const;

/** WeCom refuses what is no longer than this, whatever it is. */
export const tooFewBytes = 5;
