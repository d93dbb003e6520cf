import { opaqueId, reportCardOutcomeBody, reportShownBody, uuid } from '@nextline/contract';
import { z } from 'zod';
import { requireCustomer } from '../customers/require-customer.ts';
import { AppError } from '../errors.ts';
import type { App, Deps } from '../feature.ts';
import { isProven } from './suggestion-proof.ts';
import { insertCardOutcome, insertShownList, wasShown } from './suggestions.store.ts';

const notOurList = () =>
  new AppError({
    code: 'suggestion.unproven',
    status: 403,
    sentence: {
      'zh-CN': '这份建议不是为这位客户算的，没有记下。',
      en: 'This suggestion was not made for this customer and was not noted.',
    },
  });

const notShown = () =>
  new AppError({
    code: 'suggestion.not_shown',
    status: 404,
    sentence: { 'zh-CN': '没有给你看过这条建议。', en: 'You were never shown this suggestion.' },
  });

export function suggestionRoutes(app: App, deps: Deps): void {
  const { db, clock, config } = deps;
  const { corpId } = config.wecom;

  app.post(
    '/customers/:externalUserId/suggestion-lists',
    { schema: { params: z.object({ externalUserId: opaqueId }), body: reportShownBody, response: { 204: z.undefined() } } },
    async ({ params: { externalUserId }, body: { listId, computedAt, cards, proof }, principal }, reply) => {
      await requireCustomer(deps, principal, externalUserId);
      const { staffUserId } = principal;
      if (!isProven({ listId, computedAt, cards, staffUserId, externalUserId }, proof, config.sessionKey)) throw notOurList();
      await insertShownList(db, { corpId, externalUserId, listId, shownAt: new Date(computedAt), staffUserId, cards });
      return reply.code(204).send(undefined);
    },
  );

  app.post(
    '/customers/:externalUserId/suggestion-lists/:listId/outcomes',
    {
      schema: {
        params: z.object({ externalUserId: opaqueId, listId: uuid }),
        body: reportCardOutcomeBody,
        response: { 204: z.undefined() },
      },
    },
    async ({ params: { externalUserId, listId }, body: { slot, outcome, at }, principal }, reply) => {
      await requireCustomer(deps, principal, externalUserId);
      const { staffUserId } = principal;
      if (!(await wasShown(db, { externalUserId, listId, slot, staffUserId }))) throw notShown();
      // A page's clock may run ahead; nothing has happened in the future.
      const happened = new Date(Math.min(Date.parse(at), clock.now().getTime()));
      await insertCardOutcome(db, { corpId, externalUserId, listId, slot, outcome, staffUserId, at: happened });
      return reply.code(204).send(undefined);
    },
  );
}
