export { fill, variablesIn, withDefaults, type Filled, type Segment } from './fill.ts';
