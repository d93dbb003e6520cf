import type { ChangePerson, PeoplePage, RoleRuleList, StoreBody, StoreChange, StoreList } from '@nextline/contract';

export type PeopleRoutes = {
  'GET /api/admin/people': { reply: PeoplePage };
  'PUT /api/admin/people/:userId': { body: ChangePerson; reply: void };
  'GET /api/admin/stores': { reply: StoreList };
  'POST /api/admin/stores': { body: StoreBody; reply: { storeId: string } };
  'PUT /api/admin/stores/:storeId': { body: StoreChange | { asWeCom: true }; reply: void };
  'DELETE /api/admin/stores/:storeId': { reply: void };
  'GET /api/admin/role-rules': { reply: RoleRuleList };
  'PUT /api/admin/role-rules/:role': { body: { seesMobiles: boolean }; reply: void };
};
