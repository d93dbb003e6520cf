import { useQueryCache } from '@pinia/colada';
import { api } from '../api.ts';
import { useCurrentCustomer } from '../customer/current-customer.ts';

/** Moves a customer on screen at once, then on the server; takes it back when that fails. */
export function useMoveStage() {
  const current = useCurrentCustomer();
  const cache = useQueryCache();

  return async function moveStage(externalUserId: string, stageId: string | null): Promise<void> {
    let before: string | null = null;
    const show = (to: string | null) =>
      current.patch(externalUserId, (panel) => {
        before = panel.customer.stageId;
        return { ...panel, customer: { ...panel.customer, stageId: to } };
      });
    show(stageId);
    const previous = before;
    try {
      await api('PUT /api/sidebar/customers/:externalUserId/stage', { params: { externalUserId }, body: { stageId } });
      void cache.invalidateQueries({ key: ['timeline', externalUserId] });
      // What to say now was said for the stage before.
      void cache.invalidateQueries({ key: ['panel', externalUserId] });
    } catch (error) {
      show(previous);
      throw error;
    }
  };
}
