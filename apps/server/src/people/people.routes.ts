import {
  changePersonBody,
  changeStoreBody,
  opaqueId,
  peoplePage,
  peopleQuery,
  role,
  roleRuleList,
  setRoleRuleBody,
  storeBody,
  storeList,
} from '@nextline/contract';
import { z } from 'zod';
import type { App, Deps } from '../feature.ts';
import { requirePermission } from '../identity/permissions.ts';
import type { Principals } from '../identity/principals.ts';
import { languageOf } from '../sentence.ts';
import { changePerson } from './change-person.ts';
import { makeStore, removeStore, renameStore, storeAsWeCom } from './edit-stores.ts';
import { listPeople } from './list-people.ts';
import { listRoleRules, setRoleRule } from './role-rules.ts';
import { readStores } from './stores.store.ts';

export function peopleRoutes(app: App, deps: Deps, principals: Principals): void {
  const storeParams = z.object({ storeId: opaqueId });
  const made = z.object({ storeId: opaqueId });

  app.get('/people', { schema: { querystring: peopleQuery, response: { 200: peoplePage } } }, async ({ principal, query, headers }) => {
    requirePermission(principal, 'people.read');
    return listPeople(deps, principal, query, languageOf(headers));
  });

  app.put(
    '/people/:userId',
    { schema: { params: z.object({ userId: opaqueId }), body: changePersonBody, response: { 204: z.null() } } },
    async ({ principal, params, body }, reply) => {
      requirePermission(principal, 'people.write');
      await changePerson({ ...deps, principals }, principal, params.userId, body);
      return reply.code(204).send(null);
    },
  );

  app.get('/stores', { schema: { response: { 200: storeList } } }, async ({ principal }) => {
    requirePermission(principal, 'people.read');
    const stores = await readStores(deps.db);
    return { stores: principal.role === 'manager' ? stores.filter((store) => store.storeId === principal.storeId) : stores };
  });

  app.post('/stores', { schema: { body: storeBody, response: { 201: made } } }, async ({ principal, body }, reply) => {
    requirePermission(principal, 'people.write');
    return reply.code(201).send({ storeId: await makeStore({ deps, who: principal }, body) });
  });

  app.put(
    '/stores/:storeId',
    { schema: { params: storeParams, body: changeStoreBody, response: { 204: z.null() } } },
    async ({ principal, params, body }, reply) => {
      requirePermission(principal, 'people.write');
      const acting = { deps, who: principal };
      await ('asWeCom' in body ? storeAsWeCom(acting, params.storeId) : renameStore(acting, params.storeId, body));
      return reply.code(204).send(null);
    },
  );

  app.delete('/stores/:storeId', { schema: { params: storeParams, response: { 204: z.null() } } }, async ({ principal, params }, reply) => {
    requirePermission(principal, 'people.write');
    await removeStore({ deps, who: principal }, params.storeId);
    return reply.code(204).send(null);
  });

  app.get('/role-rules', { schema: { response: { 200: roleRuleList } } }, async ({ principal }) => {
    requirePermission(principal, 'people.read');
    return listRoleRules(deps);
  });

  app.put(
    '/role-rules/:role',
    { schema: { params: z.object({ role }), body: setRoleRuleBody, response: { 204: z.null() } } },
    async ({ principal, params, body }, reply) => {
      requirePermission(principal, 'rules.write');
      await setRoleRule(deps, principal, params.role, body.seesMobiles);
      return reply.code(204).send(null);
    },
  );
}
