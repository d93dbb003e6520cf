import type { CustomerPage, ScriptPage } from '@nextline/contract';

/** What the palette searches; the same routes as the pages of these nouns. */
export type JumpRoutes = {
  'GET /api/admin/scripts': { reply: ScriptPage };
  'GET /api/admin/customers': { reply: CustomerPage };
};
