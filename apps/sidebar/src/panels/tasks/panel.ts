import { definePanel } from '../panel.ts';

export default definePanel({
  id: 'tasks',
  title: '待办',
  order: 20,
  badge: (panel) => panel.openTaskCount,
  needsCustomer: false,
  component: () => import('./TasksPanel.vue'),
});
