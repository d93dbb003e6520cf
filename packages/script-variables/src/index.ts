export { fill, variablesIn, type Filled, type Segment } from './fill.ts';
