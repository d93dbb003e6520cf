import { definePanel } from '../panel.ts';

export default definePanel({
  id: 'scripts',
  title: '话术库',
  order: 10,
  needsCustomer: false,
  component: () => import('./ScriptsPanel.vue'),
});
