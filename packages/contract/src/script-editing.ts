/** The script library as the console sees it: drafts, reviews, versions. What guides see is in scripts.ts. */
import { z } from 'zod';
import { part, purpose, scriptFolder } from './scripts.ts';
import { instant, opaqueId, typedText, uuid } from './wire.ts';

export const scriptStatus = z.enum(['draft', 'review', 'published', 'retired']);
export type ScriptStatus = z.infer<typeof scriptStatus>;

/** Who may see a script. `stores` holds store ids, empty: every store. A personal script is its owner's alone. */
export const scriptAudience = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('company') }),
  z.object({ kind: z.literal('stores'), storeIds: z.array(opaqueId).min(1).max(500) }),
  z.object({ kind: z.literal('personal'), ownerUserId: opaqueId }),
]);
export type ScriptAudience = z.infer<typeof scriptAudience>;

/**
 * Which customers it suits: what 适用 in the editor sets. Empty lists: any. `season`: months 1–12, empty: all year. `orderItems`: words of which one must stand in
 * the name of what she bought last, `精华`.
 */
export const scriptFit = z.object({
  stageIds: z.array(opaqueId).max(50),
  tagIds: z.array(opaqueId).max(200),
  season: z.array(z.number().int().min(1).max(12)).max(12),
  answers: z.array(typedText(40)).max(50),
  daysSinceFollow: z.tuple([z.int32().min(0), z.int32().min(0)]).nullable(),
  daysSinceOrder: z.tuple([z.int32().min(0), z.int32().min(0)]).nullable(),
  orderItems: z.array(typedText(40).min(1)).max(50).default([]),
  silentDays: z.number().int().min(1).max(3650).nullable(),
});
export type ScriptFitInput = z.infer<typeof scriptFit>;

/** Everything that an editor changes. A draft may break WeCom's limits (findings say which); nothing with an error is submitted or published. */
export const scriptContent = z.object({
  folderId: opaqueId,
  title: typedText(100),
  keywords: z.array(typedText(40)).max(30),
  purpose,
  parts: z.array(part).max(9),
  audience: scriptAudience,
  fit: scriptFit,
  validFrom: instant.nullable(),
  validUntil: instant.nullable(),
  /** Words that stand in for a variable that is empty: `{"上次购买": "之前买的"}`. */
  defaults: z.record(z.string().max(40), typedText(100)),
});
export type ScriptContent = z.infer<typeof scriptContent>;

/**
 * What is wrong or doubtful, where: `field` is a path (`parts.1.page`, `title`). `error` stops submitting and publishing; `warning` does not.
 * `replaceWith` fixes it when put in the place of `from`–`to` (UTF-16 offsets in the field's text), e.g. a forbidden word, `.html` at a path's end.
 */
export const scriptFinding = z.object({
  field: z.string(),
  level: z.enum(['error', 'warning']),
  code: z.string(),
  sentence: z.string(),
  from: z.number().int().nullable(),
  to: z.number().int().nullable(),
  replaceWith: z.string().nullable(),
});
export type ScriptFinding = z.infer<typeof scriptFinding>;

export const scriptRow = z.object({
  scriptId: opaqueId,
  folderId: opaqueId,
  title: z.string(),
  status: scriptStatus,
  /** The newest version: of the draft when there is one, else the published. */
  version: z.number().int(),
  publishedVersion: z.number().int().nullable(),
  partKinds: z.array(z.string()),
  /** The first words of the first text, or the title of the link; for the list. */
  excerpt: z.string(),
  /** sha256 of the first picture, for `/media/{sha256}/thumbnail`. */
  art: z.string().nullable(),
  purpose,
  audience: scriptAudience,
  /** 全部门店, 华东区, 南京西路店等 3 家, 只有周以宁. */
  audienceLabel: z.string(),
  uses30d: z.number().int(),
  lastUsedAt: instant.nullable(),
  validFrom: instant.nullable(),
  validUntil: instant.nullable(),
  updatedAt: instant,
  updatedBy: z.string().nullable(),
});
export type ScriptRow = z.infer<typeof scriptRow>;

/**
 * GET /api/admin/scripts?q&folderId&status&audience&cursor&limit: newest change first, keyset paging. `folderId` takes in its subfolders;
 * `q` is Chinese, pinyin or initials. Counts are of the whole library, per status and folder, whatever the filter.
 */
export const scriptQuery = z.object({
  q: z.string().max(100).optional(),
  folderId: opaqueId.optional(),
  status: scriptStatus.optional(),
  audience: z.enum(['company', 'stores', 'personal']).optional(),
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const scriptPage = z.object({
  scripts: z.array(scriptRow),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
  counts: z.object({
    all: z.number().int(),
    draft: z.number().int(),
    review: z.number().int(),
    published: z.number().int(),
    retired: z.number().int(),
    newThisWeek: z.number().int(),
    /** A folder's count takes in its subfolders, as the filter does. */
    byFolder: z.record(z.string(), z.number().int()),
    /** 公司, 门店, 个人分享上来的. */
    byAudience: z.object({ company: z.number().int(), stores: z.number().int(), personal: z.number().int() }),
  }),
  folders: z.array(scriptFolder),
});
export type ScriptPage = z.infer<typeof scriptPage>;

export const scriptVersionRow = z.object({
  version: z.number().int(),
  state: z.enum(['draft', 'review', 'published', 'superseded']),
  author: z.string().nullable(),
  createdAt: instant,
  publishedAt: instant.nullable(),
  reviewer: z.string().nullable(),
  uses: z.number().int(),
});
export type ScriptVersionRow = z.infer<typeof scriptVersionRow>;

/**
 * GET /api/admin/scripts/{scriptId}. `revision` grows with every save; it goes back with the next one. `rejection`: why the reviewer
 * sent it back. `mayWrite`: this person may change it (another's own script nobody does, nor a manager what other stores use too). `mayReview`: this
 * person may pass it now (four eyes: nobody reviews what they wrote).
 */
export const scriptForEditing = z.object({
  scriptId: opaqueId,
  status: scriptStatus,
  revision: z.number().int(),
  version: z.number().int(),
  publishedVersion: z.number().int().nullable(),
  content: scriptContent,
  findings: z.array(scriptFinding),
  versions: z.array(scriptVersionRow),
  savedAt: instant,
  savedBy: z.string().nullable(),
  rejection: z.object({ by: z.string(), at: instant, reason: z.string() }).nullable(),
  mayWrite: z.boolean(),
  mayReview: z.boolean(),
  needsReview: z.boolean(),
});
export type ScriptForEditing = z.infer<typeof scriptForEditing>;

/** POST /api/admin/scripts: idempotent on `scriptId`, which the page makes. */
export const createScriptBody = z.object({ scriptId: uuid, content: scriptContent });
export type CreateScriptBody = z.infer<typeof createScriptBody>;

/**
 * PUT /api/admin/scripts/{scriptId}/draft. Of a published script it begins the next version. Another's save in between: 409
 * `script.changed_meanwhile`, details `{revision, savedBy, savedAt, content}`; saving with that revision overwrites on purpose.
 */
export const saveDraftBody = z.object({ revision: z.int32(), content: scriptContent });
export type SaveDraftBody = z.infer<typeof saveDraftBody>;

/** GET /api/admin/scripts/{scriptId}/versions/{version}: what it said, byte for byte. */
export const scriptVersionContent = z.object({ version: z.number().int(), content: scriptContent });
export type ScriptVersionContent = z.infer<typeof scriptVersionContent>;

/**
 * POST /api/admin/scripts/{scriptId}/{submit|approve|publish|withdraw|retire|discard}; `reject` with a reason; `restore` makes an older version's
 * content the draft (of a retired script also the one guides had last); `promote` makes a guide's personal script the company's draft. Each answers `scriptForEditing`. A step that the present
 * status does not allow: 409 `script.wrong_state`; findings with errors: 422 `script.not_ready`, details `{findings}`; one's own: 409 `script.own_review`.
 */
export const scriptStepBody = z.object({ revision: z.int32() });
export const rejectScriptBody = scriptStepBody.extend({ reason: typedText(500).min(1) });
export const restoreScriptBody = scriptStepBody.extend({ version: z.int32().min(1) });

/** POST /api/admin/scripts/check: the findings of a content, without saving it. */
export const checkScriptBody = z.object({ content: scriptContent });
export const checkScriptReply = z.object({ findings: z.array(scriptFinding) });

/** POST /api/admin/scripts/preview: the parts as this customer would get them. `missing`: variables that stay empty. */
export const previewScriptBody = z.object({ content: scriptContent, externalUserId: opaqueId });
export const previewScriptReply = z.object({
  parts: z.array(part),
  missing: z.array(z.string()),
  guideName: z.string(),
  customerName: z.string(),
});
export type PreviewScriptReply = z.infer<typeof previewScriptReply>;

/**
 * POST /api/admin/scripts/send-to-me: the parts as the preview shows them, as messages of the app to whoever asks, to be looked at on a phone. A text that is too
 * long for one such message comes as several. 422 `script.not_ready` for what WeCom would refuse; 409 `script.not_sent` in words: which message, and why.
 */
export const sendToMeBody = z.object({ title: typedText(100), parts: z.array(part).min(1).max(9) });
export type SendToMeBody = z.infer<typeof sendToMeBody>;
export const sendToMeReply = z.object({ messages: z.number().int() });
export type SendToMeReply = z.infer<typeof sendToMeReply>;

/** Which scripts a bulk edit means: named ones, or all that a query finds. */
export const scriptSelection = z.union([
  z.object({ scriptIds: z.array(opaqueId).min(1).max(5000) }),
  z.object({ query: scriptQuery.omit({ cursor: true, limit: true }) }),
]);
export const scriptBulkChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('move'), folderId: opaqueId }),
  z.object({ kind: z.literal('audience'), audience: scriptAudience }),
  z.object({ kind: z.literal('validity'), validFrom: instant.nullable(), validUntil: instant.nullable() }),
  z.object({ kind: z.literal('retire') }),
]);
export type ScriptBulkChange = z.infer<typeof scriptBulkChange>;
/**
 * POST /api/admin/scripts/bulk. `dryRun` says how many would change and changes none. `bulkId` makes it idempotent and is what 撤销 names. Another's
 * personal script never changes, and nobody's comes before others so.
 */
export const bulkScriptsBody = z.object({ bulkId: uuid, selection: scriptSelection, change: scriptBulkChange, dryRun: z.boolean() });
export type BulkScriptsBody = z.infer<typeof bulkScriptsBody>;
export const bulkScriptsReply = z.object({ selected: z.number().int(), changed: z.number().int(), undoUntil: instant.nullable() });
export type BulkScriptsReply = z.infer<typeof bulkScriptsReply>;
// POST /api/admin/scripts/bulk/{bulkId}/undo → bulkScriptsReply. What was changed since by somebody else stays as they left it, and so does what
// lay in a folder that is gone: `changed` counts those that went back, of `selected`.

/** POST /api/admin/script-folders · PUT and DELETE /api/admin/script-folders/{folderId}. Two levels; a folder with scripts or folders in it is not deleted: 409 `folder.not_empty`. */
export const createFolderBody = z.object({ folderId: uuid, name: typedText(40).min(1), parentId: opaqueId.nullable() });
export const changeFolderBody = z.object({ name: typedText(40).min(1).optional(), parentId: opaqueId.nullable().optional() });
/** PUT /api/admin/script-folders/order: all folders of one parent, in their new order. */
export const orderFoldersBody = z.object({ parentId: opaqueId.nullable(), folderIds: z.array(opaqueId).max(500) });
export const folderList = z.object({ folders: z.array(scriptFolder) });

/** GET and PUT /api/admin/script-rules. `fourEyes`: nobody publishes what they wrote themselves. */
export const scriptRules = z.object({
  fourEyes: z.boolean(),
  forbiddenWords: z.array(z.object({ word: typedText(40).min(1), why: typedText(200), replaceWith: typedText(40).nullable() })).max(2000),
});
export type ScriptRules = z.infer<typeof scriptRules>;
/** `was`: the rules as the page had them. When somebody has saved since: 409 `script_rules.changed`, details `{rules, by}`; nothing is overwritten. */
export const saveScriptRulesBody = scriptRules.extend({ was: scriptRules.optional() });
export type SaveScriptRulesBody = z.infer<typeof saveScriptRulesBody>;

/** GET /api/admin/missing-scripts: what guides searched for and did not find, the most wanted first. */
export const missingScriptRow = z.object({
  query: z.string(),
  times: z.number().int(),
  guides: z.number().int(),
  lastAskedAt: instant,
  wishes: z.array(z.object({ wish: z.string(), staffName: z.string(), at: instant })),
});
export const missingScriptList = z.object({ missing: z.array(missingScriptRow) });
export type MissingScriptList = z.infer<typeof missingScriptList>;
/** POST /api/admin/missing-scripts/settle: written, or not wanted; a later search brings it back. */
export const settleMissingBody = z.object({ query: typedText(200).min(1), scriptId: opaqueId.nullable() });

export const mediaRow = z.object({
  sha256: z.string(),
  fileName: z.string(),
  contentType: z.string(),
  byteSize: z.number().int(),
  kind: z.enum(['image', 'video', 'file']),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  storedAt: instant,
  /** Titles of scripts whose draft or any published version holds it, of those that whoever asks finds; and how many others there are. */
  usedIn: z.array(z.object({ scriptId: opaqueId, title: z.string() })),
  usedElsewhere: z.number().int(),
});
export type MediaRow = z.infer<typeof mediaRow>;
/**
 * POST /api/admin/media (multipart, one `file`) → mediaRow. GET /api/admin/media?cursor&kind → mediaPage. DELETE /api/admin/media/{sha256}: 409 `media.in_use`,
 * details `{usedIn, usedElsewhere}`. GET /media/{sha256}/thumbnail: a picture's small form.
 */
export const mediaPage = z.object({ media: z.array(mediaRow), nextCursor: z.string().nullable(), total: z.number().int() });
export type MediaPage = z.infer<typeof mediaPage>;
