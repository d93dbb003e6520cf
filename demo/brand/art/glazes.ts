import type { Glaze } from './vessels.ts';
import type { Light } from './scenery.ts';

/** The brand's lights and glazes: pastel, one hue a picture. */
export const tealLight: Light = {
  ground: { down: ['#e6eeec', '#dde9e6'] },
  sun: '#f3f0e1',
  podium: { across: ['#d3e2df', '#c3d7d3', '#b7cdc9'] },
  podiumTop: '#dae7e4',
};
export const blushLight: Light = {
  ground: { down: ['#f6e9e1', '#f1ddd2'] },
  sun: '#fbf3e6',
  podium: { across: ['#ecd5c8', '#e3c6b7', '#d9b8a8'] },
  podiumTop: '#f0ddd1',
};
export const sandLight: Light = {
  ground: { down: ['#f5f0e4', '#ece4d2'] },
  sun: '#fdf9ee',
  podium: { across: ['#e4d9c2', '#d9ccb2', '#cebfa3'] },
  podiumTop: '#eae0cc',
};
export const sunnyLight: Light = {
  ground: { down: ['#fbf1d6', '#f6e6bd'] },
  sun: '#f8cf7c',
  podium: { across: ['#eed9a6', '#e5cc92', '#dbbf80'] },
  podiumTop: '#f3e2b7',
};
export const skyLight: Light = {
  ground: { down: ['#e5eef4', '#d9e6ef'] },
  sun: '#f4f7f4',
  podium: { across: ['#cbdbe6', '#bccfdd', '#aec4d3'] },
  podiumTop: '#d5e3ec',
};
export const lilacLight: Light = {
  ground: { down: ['#ece7f2', '#e3dcec'] },
  sun: '#f7f1ee',
  podium: { across: ['#d6cce3', '#c9bdd9', '#bcaecf'] },
  podiumTop: '#dfd7ea',
};

export const tealGlaze: Glaze = {
  body: { across: ['#a9cbc8', '#8db9b7', '#74a5a4', '#5f9291'] },
  cap: { across: ['#5d9391', '#437c7b', '#356b6b'] },
  collar: { across: ['#eed3c3', '#e2bda9', '#cfa58f'] },
  label: '#f5f9f7',
  words: '#6fa09e',
};
export const blushGlaze: Glaze = {
  body: { across: ['#f3d3c6', '#e8bdad', '#d9a593'] },
  cap: { across: ['#d3a08c', '#bb8570', '#a8735f'] },
  collar: { across: ['#f7ead9', '#e9d6bf', '#d8c1a5'] },
  label: '#fdf6f0',
  words: '#cf9c89',
};
export const creamGlaze: Glaze = {
  body: { across: ['#fbf7ee', '#efe7d6', '#dccfb6'] },
  cap: { across: ['#d8bd93', '#c3a374', '#ab8a5c'] },
  collar: '#e7dcc6',
  label: '#fffdf8',
  words: '#c9b085',
};
export const sunnyGlaze: Glaze = {
  body: { across: ['#fffaf0', '#fbefd6', '#efdcb4'] },
  cap: { across: ['#f0b65f', '#e39f42', '#cf8a30'] },
  collar: { across: ['#f6e3bb', '#eed39c'] },
  label: '#f5c673',
  words: '#e0b468',
};
export const skyGlaze: Glaze = {
  body: { across: ['#f4fafd', '#dcebf3', '#bfd5e2'] },
  cap: { across: ['#8fb3c9', '#7199b2', '#5c859f'] },
  collar: { across: ['#cfe0ea', '#b9cfdc'] },
  label: '#b7d2e0',
  words: '#9dbccd',
};
export const lilacGlaze: Glaze = {
  body: { across: ['#d9cde8', '#c2b1da', '#a793c4'] },
  cap: { across: ['#8d78ad', '#75609a', '#635086'] },
  collar: { across: ['#efe3cb', '#ddcbaa'] },
  label: '#f8f5fb',
  words: '#a996c4',
};
