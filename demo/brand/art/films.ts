import type { Canvas } from './canvas.ts';
import { drawDropOnPalm, drawEyePress } from './hands.ts';

/** Short films: what they show, for how long, and the file name that customers see. */
export const films = {
  serumOnFace: { fileName: '精华上脸手法.mp4', seconds: 40, draw: drawDropOnPalm },
  eyePress: { fileName: '眼霜轻按手法.mp4', seconds: 25, draw: drawEyePress },
} as const satisfies Record<string, { fileName: string; seconds: number; draw: () => Canvas }>;

export type FilmName = keyof typeof films;
