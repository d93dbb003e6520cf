import { definePanel } from '../panel.ts';

export default definePanel({
  id: 'timeline',
  title: '轨迹',
  order: 30,
  needsCustomer: true,
  component: () => import('./TimelinePanel.vue'),
});
