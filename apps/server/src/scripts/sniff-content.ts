export type KnownContent = { kind: 'image' | 'video' | 'file'; contentType: string };

const has = (bytes: Uint8Array, at: number, ...expected: number[]) => expected.every((byte, n) => bytes[at + n] === byte);
const text = (bytes: Uint8Array, at: number, length: number) => new TextDecoder('latin1').decode(bytes.subarray(at, at + length));

const office: Record<string, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

/** What a file is by its first bytes, never by what it claims. Null: nothing that WeCom lets a guide send. */
export function sniffContent(fileName: string, bytes: Uint8Array): KnownContent | null {
  if (has(bytes, 0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return { kind: 'image', contentType: 'image/png' };
  if (has(bytes, 0, 0xff, 0xd8, 0xff)) return { kind: 'image', contentType: 'image/jpeg' };
  if (text(bytes, 4, 4) === 'ftyp') return { kind: 'video', contentType: 'video/mp4' };
  if (text(bytes, 0, 5) === '%PDF-') return { kind: 'file', contentType: 'application/pdf' };
  const contentType = office[fileName.split('.').at(-1)?.toLowerCase() ?? ''];
  if (contentType !== undefined && has(bytes, 0, 0x50, 0x4b, 0x03, 0x04)) return { kind: 'file', contentType };
  return null;
}

/** WeCom's limits in bytes; it refuses what is no longer than 5 bytes too, which no known content is. */
export const largestBytes = { image: 10 * 1024 * 1024, video: 10 * 1024 * 1024, file: 20 * 1024 * 1024 } as const;
