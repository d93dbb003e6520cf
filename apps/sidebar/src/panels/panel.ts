import type { Panel as CustomerPanel } from '@nextline/contract';
import type { Component } from 'vue';

export type PanelDefinition = {
  /** Also the end of its DOM ids: latin, no spaces. */
  id: string;
  /** A noun of two or three characters: the tab. */
  title: string;
  /** Left to right. The smallest is open at first. */
  order: number;
  /** The plain number beside the title; null for none. */
  badge?: (panel: CustomerPanel) => number | null;
  /** A panel that says nothing without a customer is left out until there is one. */
  needsCustomer: boolean;
  /** Loaded when its tab is first opened. */
  component: () => Promise<{ default: Component }>;
};

/** Declares one tab under the cards. A file `panels/<noun>/panel.ts` with this as its default export is all it takes. */
export function definePanel(definition: PanelDefinition): PanelDefinition {
  return definition;
}
