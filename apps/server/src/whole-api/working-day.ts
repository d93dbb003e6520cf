import {
  customerFacets,
  editableTags,
  mediaRow,
  panel,
  scriptForEditing,
  stageBoard,
  tagCatalogue,
  type ScriptContent,
} from '@nextline/contract';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { workBulk } from '../customers/work-bulk.ts';
import { contentOf, multipart } from '../scripts/test-console.ts';
import { workImports } from '../scripts/work-imports.ts';
import { writeTable } from '../scripts/write-table.ts';
import type { TestApp } from '../test-app.ts';
import { onePixel } from './nasty-files.ts';
import type { Actor } from './test-full-corp.ts';
import { unsureWrite } from './test-full-corp.ts';

export type GoodRequest = {
  as?: Actor;
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  file?: { payload: Buffer; headers: Record<string, string> };
};
/** Asks for what must be granted, and answers what came back. The route as the document names it: `GET /api/admin/people`. */
export type Ask = (route: string, request?: GoodRequest) => Promise<unknown>;

const her = { externalUserId: 'wmLin' };

/**
 * What a guide, an operator and an admin do in a day, each thing that can be done once. What makes another thing possible comes before it, so every route that can say yes
 * does: one that is missing here is missing in the tests of the whole API.
 */
export async function workingDay(ask: Ask, world: TestApp): Promise<void> {
  await atTheCustomer(ask, world);
  await inTheLibrary(ask);
  await inTheTable(ask, world);
  await withTagsAndStages(ask, world);
  await withPeople(ask);
  await withManyCustomers(ask, world);
}

async function atTheCustomer(ask: Ask, { clock }: TestApp): Promise<void> {
  const guide = (route: string, request: GoodRequest = {}) =>
    ask(`${route.split(' ')[0]} /api/sidebar${route.split(' ')[1]}`, { as: 'zhou', params: her, ...request });
  const of = '/customers/{externalUserId}';
  const at = clock.now().toISOString();
  await guide('GET /js-signature', { query: { url: 'http://localhost:7320/sidebar/' } });
  await guide('GET /stages');
  const { groups } = tagCatalogue.parse(await guide('GET /tags'));
  const tagId = groups[0]?.tags[0]?.tagId ?? '';
  const shown = panel.parse(await guide(`GET ${of}`)).suggestions;
  const cards = shown.cards.map(({ slot, scriptId, version, probability, score }) => ({ slot, scriptId, version, probability, score }));
  const { listId, computedAt, proof } = shown;
  await guide(`POST ${of}/suggestion-lists`, { body: { listId, computedAt, cards, proof } });
  const outcome = { slot: cards[0]?.slot ?? 1, outcome: 'deferred', at };
  await guide(`POST ${of}/suggestion-lists/{listId}/outcomes`, { params: { ...her, listId }, body: outcome });
  await guide(`POST ${of}/notes`, { body: { noteId: uuidv7(), text: '问过防晒' } });
  await guide(`PUT ${of}/tags`, { body: { add: [tagId], remove: [] } });
  await guide(`PUT ${of}/stage`, { body: { stageId: 'won' } });
  for (const optedOut of [true, false]) await guide(`PUT ${of}/opt-out`, { body: { optedOut } });
  const taskId = uuidv7();
  await guide(`POST ${of}/tasks`, { body: { taskId, title: '回访', scriptId: 'hello', dueAt: at } });
  await guide(`PUT ${of}/tasks/{taskId}`, { params: { ...her, taskId }, body: { status: 'skipped' } });
  await guide('GET /tasks');

  const send = async () => {
    const sendId = uuidv7();
    await guide(`POST ${of}/sends`, { body: { sendId, scriptId: 'hello', version: 1, source: { kind: 'library' } } });
    return { ...her, sendId };
  };
  const part = { state: 'sent', errMsg: null, at };
  await guide(`PUT ${of}/sends/{sendId}/parts/{n}`, { params: { ...(await send()), n: '1' }, body: part });
  await guide(`PUT ${of}/sends/{sendId}/stop`, { params: await send() });
  await guide(`GET ${of}/timeline`);

  await guide('GET /library');
  await guide('PUT /scripts/{scriptId}/favourite', { params: { scriptId: 'hello' }, body: { favourite: true } });
  const own = { scriptId: uuidv7() };
  await guide('PUT /scripts/{scriptId}/personal', { params: own, body: { title: '我的开场', text: '{客户称呼}，在的' } });
  await guide('PUT /scripts/{scriptId}/share', { params: own, body: { shared: true } });
  await guide('GET /library/mine');
  await ask('POST /api/admin/scripts/{scriptId}/promote', { params: own, body: { revision: await revisionOf(ask, own) } });
  await guide('DELETE /scripts/{scriptId}/personal', { params: own });
  await guide('POST /missing-scripts', { body: { requestId: uuidv7(), query: '能退吗', automatic: false } });
}

const revisionOf = async (ask: Ask, params: { scriptId: string }): Promise<number> =>
  scriptForEditing.parse(await ask('GET /api/admin/scripts/{scriptId}', { params })).revision;

async function inTheLibrary(ask: Ask): Promise<void> {
  const folders = { folderId: uuidv7(), other: uuidv7() };
  for (const [n, folderId] of Object.values(folders).entries())
    await ask('POST /api/admin/script-folders', { body: { folderId, name: `新的 ${n}`, parentId: 'f1' } });
  await ask('PUT /api/admin/script-folders/order', { body: { parentId: 'f1', folderIds: [folders.other, folders.folderId] } });
  await ask('PUT /api/admin/script-folders/{folderId}', { params: { folderId: folders.other }, body: { name: '旧的' } });
  await ask('DELETE /api/admin/script-folders/{folderId}', { params: { folderId: folders.other } });

  const file = multipart('图.png', onePixel);
  const { sha256 } = mediaRow.parse(await ask('POST /api/admin/media', { file }));
  await ask('DELETE /api/admin/media/{sha256}', { params: { sha256 } });
  // It stays, so that a script may use it.
  await ask('POST /api/admin/media', { file });

  const params = { scriptId: uuidv7() };
  const content = contentOf('{客户称呼}，用得惯吗');
  await ask('POST /api/admin/scripts/check', { body: { content } });
  await ask('POST /api/admin/scripts/preview', { body: { content, ...her } });
  await ask('POST /api/admin/scripts/send-to-me', { body: { title: content.title, parts: content.parts } });
  await ask('POST /api/admin/scripts', { as: 'operator', body: { ...params, content } });
  const step = async (name: string, more: object = {}, as: Actor = 'operator') =>
    ask(`POST /api/admin/scripts/{scriptId}/${name}`, { as, params, body: { revision: await revisionOf(ask, params), ...more } });
  const save = async (draft: ScriptContent) =>
    ask('PUT /api/admin/scripts/{scriptId}/draft', {
      as: 'operator',
      params,
      body: { revision: await revisionOf(ask, params), content: draft },
    });
  await step('submit');
  await step('withdraw');
  await step('submit');
  await step('reject', { reason: '太长' }, 'admin');
  await save(contentOf('用得惯吗'));
  await step('submit');
  await step('approve', {}, 'admin');
  await ask('GET /api/admin/scripts/{scriptId}/versions/{version}', { params: { ...params, version: '1' } });
  await save(contentOf('第二版'));
  await step('discard');
  await save(contentOf('第三版'));
  for (const fourEyes of [false, true]) {
    await ask('PUT /api/admin/script-rules', { body: { fourEyes, forbiddenWords: [{ word: '根治', why: '广告法', replaceWith: null }] } });
    if (!fourEyes) await step('publish', {}, 'admin');
  }
  const bulkId = uuidv7();
  const change = { kind: 'move', folderId: folders.folderId };
  await ask('POST /api/admin/scripts/bulk', {
    body: { bulkId, selection: { scriptIds: [params.scriptId] }, change, dryRun: false },
  });
  await ask('POST /api/admin/scripts/bulk/{bulkId}/undo', { params: { bulkId } });
  await step('restore', { version: 1 });
  await step('retire', {}, 'admin');
  await ask('POST /api/admin/missing-scripts/settle', { body: { query: '能退吗', scriptId: null } });
}

async function inTheTable(ask: Ask, { deps }: TestApp): Promise<void> {
  const importId = uuidv7();
  const table = await writeTable(
    'xlsx',
    ['标题', '消息1'],
    [
      ['从表格来的', '你好'],
      ['没有话的', ''],
    ],
  );
  await ask('POST /api/admin/script-imports', { file: multipart('话术.xlsx', table, { importId, mode: 'update' }) });
  await workImports(deps, new AbortController().signal);
  const params = { importId };
  await ask('GET /api/admin/script-imports/{importId}', { params });
  await ask('GET /api/admin/script-imports/{importId}/rows', { params });
  await ask('POST /api/admin/script-imports/{importId}/apply', { params });
  await workImports(deps, new AbortController().signal);
  await ask('GET /api/admin/script-imports/{importId}/errors.xlsx', { params });
}

async function withTagsAndStages(ask: Ask, { simulator }: TestApp): Promise<void> {
  // An app puts in order only what it has made.
  for (const group of simulator?.world.tagGroups ?? []) group.byApp = true;
  const tagsNow = async () => editableTags.parse(await ask('GET /api/admin/tags')).groups;
  const made = async (name: string) => {
    const group = (await tagsNow()).find((one) => one.name === name);
    if (!group) throw new Error(`no group ${name}`);
    return group;
  };
  await ask('POST /api/admin/tag-groups', { body: { name: '肤况', tags: ['泛红', '出油'] } });
  const { groupId } = await made('肤况');
  await ask('POST /api/admin/tag-groups/{groupId}/tags', { params: { groupId }, body: { names: ['起皮'] } });
  await ask('PUT /api/admin/tag-groups/{groupId}', { params: { groupId }, body: { singleChoice: true } });
  const tagIds = (await made('肤况')).tags.map((tag) => tag.tagId);
  await ask('PUT /api/admin/tag-groups/{groupId}/order', { params: { groupId }, body: { ids: tagIds.toReversed() } });
  await ask('PUT /api/admin/tag-groups/order', { body: { ids: (await tagsNow()).map((group) => group.groupId) } });
  const [tagId = '', ruled = ''] = tagIds;
  await ask('PUT /api/admin/tags/{tagId}', { params: { tagId }, body: { name: '易泛红' } });

  const { stages } = stageBoard.parse(await ask('POST /api/admin/stages', { body: { name: '老客', kind: 'open', colour: 'teal' } }));
  const stageId = stages.find(({ name }) => name === '老客')?.stageId ?? '';
  await ask('PUT /api/admin/stages/order', { body: { stageIds: stages.map((stage) => stage.stageId) } });
  await ask('PUT /api/admin/stages/{stageId}', { params: { stageId }, body: { colour: 'rose' } });
  const ruleId = uuidv7();
  const rule = { when: { kind: 'tag', tagId: ruled }, fromStageIds: [], toStageId: stageId, enabled: true };
  await ask('POST /api/admin/stage-rules/preview', { body: { ...rule, ruleId } });
  await ask('PUT /api/admin/stage-rules/{ruleId}', { params: { ruleId }, body: rule });
  await ask('PUT /api/admin/stage-rules/order', { body: { ruleIds: [ruleId] } });
  await ask('DELETE /api/admin/stage-rules/{ruleId}', { params: { ruleId } });
  await ask('POST /api/admin/stages/{stageId}/retire', { params: { stageId }, body: { moveTo: 'warm' } });
  await ask('DELETE /api/admin/tags/{tagId}', { params: { tagId } });
  await ask('DELETE /api/admin/tag-groups/{groupId}', { params: { groupId } });
}

async function withPeople(ask: Ask): Promise<void> {
  await ask('PUT /api/admin/people/{userId}', { params: { userId: 'zhou' }, body: { role: 'guide' } });
  const body = { name: '徐家汇店', region: '上海' };
  const { storeId } = z.object({ storeId: z.string() }).parse(await ask('POST /api/admin/stores', { body }));
  await ask('PUT /api/admin/stores/{storeId}', { params: { storeId }, body: { ...body, region: null } });
  await ask('DELETE /api/admin/stores/{storeId}', { params: { storeId } });
  await ask('PUT /api/admin/role-rules/{role}', { params: { role: 'operator' }, body: { seesMobiles: true } });
  await ask('POST /api/admin/sync/reconcile');
  await ask('POST /api/admin/sync/unsure/{externalUserId}/{writeId}', {
    params: { ...her, writeId: unsureWrite },
    body: { answer: 'written' },
  });
  await ask('POST /api/admin/callbacks/{payloadHash}/replay', { params: { payloadHash: 'a'.repeat(64) } });
  await ask('POST /api/admin/callbacks/replay');
}

async function withManyCustomers(ask: Ask, { deps }: TestApp): Promise<void> {
  customerFacets.parse(await ask('GET /api/admin/customers/facets'));
  for (const part of ['', '/timeline', '/export']) await ask(`GET /api/admin/customers/{externalUserId}${part}`, { params: her });
  await ask('PUT /api/admin/customers/{externalUserId}/stage', { params: her, body: { stageId: 'lead' } });
  await ask('PUT /api/admin/customers/{externalUserId}/opt-out', { params: her, body: { optedOut: false } });
  const bulkId = uuidv7();
  const bulk = { selection: { kind: 'ids', externalUserIds: [her.externalUserId] }, change: { kind: 'stage', stageId: 'warm' } };
  await ask('POST /api/admin/customer-changes/preview', { body: bulk });
  await ask('POST /api/admin/customer-changes', { body: { ...bulk, bulkId } });
  while ((await workBulk(deps)) > 0);
  await ask('GET /api/admin/customer-changes/{bulkId}', { params: { bulkId } });
  await ask('POST /api/admin/customer-changes/{bulkId}/undo', { params: { bulkId } });
  const segmentId = uuidv7();
  await ask('PUT /api/admin/segments/{segmentId}', {
    params: { segmentId },
    body: { name: '沉默的', filter: { silentDays: 30 }, shared: true },
  });
  await ask('GET /api/admin/segments/{segmentId}/count', { params: { segmentId } });
  await ask('DELETE /api/admin/segments/{segmentId}', { params: { segmentId } });
  await ask('DELETE /api/admin/customers/{externalUserId}', { params: { externalUserId: 'wmChen' }, body: { confirm: '晓雯' } });
}
