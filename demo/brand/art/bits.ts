/** Writes bit by bit, as H.264 wants it. */
export function createBits() {
  const bytes: number[] = [];
  let current = 0;
  let filled = 0;
  const bit = (value: number): void => {
    current = (current << 1) | (value & 1);
    filled += 1;
    if (filled < 8) return;
    bytes.push(current);
    current = 0;
    filled = 0;
  };
  const bits = (value: number, count: number): void => {
    for (let n = count - 1; n >= 0; n -= 1) bit(value >> n);
  };
  return {
    bits,
    /** Exp-Golomb: small numbers in few bits. */
    golomb(value: number): void {
      const length = 32 - Math.clz32(value + 1);
      bits(0, length - 1);
      bits(value + 1, length);
    },
    toByteEdge(): void {
      bits(0, (8 - filled) % 8);
    },
    /** Only at a byte's edge. */
    raw(from: Iterable<number>): void {
      for (const byte of from) bytes.push(byte);
    },
    /** Ends with a 1 and zeros up to the byte's edge. */
    finish(): Uint8Array {
      bit(1);
      bits(0, (8 - filled) % 8);
      return Uint8Array.from(bytes);
    },
  };
}
