export type Picture = { width: number; height: number; thumbnail: Buffer };

const side = 320;
/** A small file can unpack to more than a machine has; this is far more than any phone takes. */
const mostPixels = 100_000_000;

/** The size of a picture as it is shown, and its small form (WebP, no side over 320). Null for what cannot be opened. */
export async function readPicture(bytes: Buffer): Promise<Picture | null> {
  // Loaded with the first picture: no start waits for it.
  const { default: sharp } = await import('sharp');
  try {
    const image = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' }).rotate();
    const { width, height, orientation = 1 } = await image.metadata();
    const thumbnail = await image
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 80 })
      .toBuffer();
    // Five to eight: the camera lay on its side.
    return orientation > 4 ? { width: height, height: width, thumbnail } : { width, height, thumbnail };
  } catch {
    return null;
  }
}
