import type { PanelDefinition } from './panel.ts';

const found = import.meta.glob<PanelDefinition>('./*/panel.ts', { eager: true, import: 'default' });

/** Every `panels/<noun>/panel.ts`, left to right. */
export const everyPanel: readonly PanelDefinition[] = Object.values(found).sort((a, b) => a.order - b.order);
