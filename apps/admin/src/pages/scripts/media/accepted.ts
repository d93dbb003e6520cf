import type { MediaKind } from './use-media.ts';

/** What the file dialog offers first; what a file really is, the server looks up in its bytes. */
export const accepted: Record<MediaKind, string> = {
  image: 'image/png,image/jpeg',
  video: 'video/mp4',
  file: '',
};
