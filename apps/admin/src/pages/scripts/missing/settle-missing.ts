import { api } from '../../../api.ts';

/** Takes a missing script off the list: written as `scriptId`, or not wanted. */
export async function settleMissing(query: string, scriptId: string | null): Promise<void> {
  await api('POST /api/admin/missing-scripts/settle', { body: { query, scriptId } });
}
