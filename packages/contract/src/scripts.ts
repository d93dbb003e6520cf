import { z } from 'zod';
import { instant, opaqueId, typedText, uuid } from './wire.ts';

/** Longer than WeCom takes: what is too long is told by the check, beside the field, and is not lost. */
const words = typedText(20_000);

/** `media` names a stored file by its content; its URL is `/media/{sha256}`. `art` is a thumbnail URL for lists. */
const mediaRef = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  fileName: typedText(255),
  byteSize: z.number().int(),
  contentType: typedText(200),
});
export type MediaRef = z.infer<typeof mediaRef>;

/** One message of a script. Text may hold variables: `{客户称呼}`. */
export const part = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: words }),
  z.object({ kind: z.literal('image'), media: mediaRef }),
  z.object({ kind: z.literal('video'), media: mediaRef }),
  z.object({ kind: z.literal('file'), media: mediaRef }),
  z.object({ kind: z.literal('link'), title: words, description: words, url: words, cover: mediaRef.nullable() }),
  z.object({ kind: z.literal('miniprogram'), title: words, appId: words, page: words, cover: mediaRef }),
]);
export type Part = z.infer<typeof part>;
export type PartKind = Part['kind'];

/** Marketing counts against the caps; service never does. */
export const purpose = z.enum(['service', 'marketing']);
export type Purpose = z.infer<typeof purpose>;

export const script = z.object({
  scriptId: opaqueId,
  version: z.number().int(),
  folderId: opaqueId,
  title: z.string(),
  /** One syllable per character, space separated: `xin pin shi yong`. A character that is not Han stands for itself, lower case. */
  titlePinyin: z.string(),
  /** Other words guides search it by. */
  keywords: z.array(z.string()),
  purpose,
  parts: z.array(part).min(1).max(9),
  /** Words for variables that have no value. */
  defaults: z.record(z.string(), z.string()),
  /** Whom it was written for: customers in one of the stages and with one of the tags; empty: whoever. */
  suits: z.object({ stageIds: z.array(opaqueId), tagIds: z.array(opaqueId) }),
  /** 公司, 门店 or 我的. */
  scope: z.enum(['company', 'store', 'personal']),
  validUntil: instant.nullable(),
  publishedAt: instant,
  /** Sends in the last 30 days, by everybody. */
  uses30d: z.number().int(),
  /** How many of those were replied to within 3 days; null where nobody tells us of replies, which WeCom does only through its message archive. */
  replies30d: z.number().int().nullable(),
});
export type Script = z.infer<typeof script>;

export const scriptFolder = z.object({ folderId: opaqueId, parentId: opaqueId.nullable(), name: z.string(), position: z.number().int() });
export type ScriptFolder = z.infer<typeof scriptFolder>;

/** GET /api/sidebar/library: weak ETag = `version`; 304 when it has not changed. Holds what this staff member may see. */
export const library = z.object({ version: z.string(), folders: z.array(scriptFolder), scripts: z.array(script) });
export type Library = z.infer<typeof library>;

/** GET /api/sidebar/library/mine: small, per staff member, never cached for long. `recents` newest first. */
export const myLibrary = z.object({
  favourites: z.array(opaqueId),
  recents: z.array(z.object({ scriptId: opaqueId, usedAt: instant, uses: z.number().int() })),
  /** Of her own scripts those that headquarters may see. */
  shared: z.array(opaqueId),
});
export type MyLibrary = z.infer<typeof myLibrary>;

/** PUT /api/sidebar/scripts/{scriptId}/favourite */
export const setFavouriteBody = z.object({ favourite: z.boolean() });

/** POST /api/sidebar/missing-scripts: `告诉总部缺哪一句`; idempotent on `requestId`. `automatic`: a search that found nothing and was left. */
export const reportMissingScriptBody = z.object({
  requestId: uuid,
  query: typedText(200).min(1),
  wish: typedText(500).optional(),
  automatic: z.boolean(),
});
export type ReportMissingScriptBody = z.infer<typeof reportMissingScriptBody>;
