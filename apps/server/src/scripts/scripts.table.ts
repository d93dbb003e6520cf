import type { Part, Purpose, ScriptAudience, ScriptFitInput, ScriptStatus } from '@nextline/contract';
import { sql } from 'drizzle-orm';
import { bigint, boolean, customType, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, corpId, id, ids } from '../columns.ts';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

export const scriptFolders = pgTable(
  'script_folders',
  {
    corpId: corpId(),
    folderId: id('folder_id').notNull(),
    parentId: id('parent_id'),
    name: text().notNull(),
    position: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.folderId] })],
);

/** What a suggestion may know about a script beyond its words. `season` and `orderItems` are absent in versions from before they were there. */
export type ScriptFit = Omit<ScriptFitInput, 'season' | 'orderItems'> & { season?: number[]; orderItems?: string[] };

/** A script as guides get it, and where it stands. Words belong to a version; folder, audience and dates hold for the script at once. */
export const scripts = pgTable(
  'scripts',
  {
    corpId: corpId(),
    scriptId: id('script_id').notNull(),
    folderId: id('folder_id').notNull(),
    scope: text().$type<'company' | 'store' | 'personal'>().notNull().default('company'),
    /** The stores of a stores' script. */
    storeIds: ids('store_ids').notNull().default([]),
    ownerUserId: id('owner_user_id'),
    /** What the console says: of the draft where there is one. Guides see what is published and not retired, whatever this says. */
    status: text().$type<ScriptStatus>().notNull(),
    /** The version guides see; null until first published. */
    publishedVersion: integer('published_version'),
    /** Taken down; guides do not see it until it is published again. */
    retiredAt: at('retired_at'),
    /** A guide showed her own script to headquarters. */
    sharedAt: at('shared_at'),
    validFrom: at('valid_from'),
    validUntil: at('valid_until'),
    /** Raised by every change, so that the second of two editors learns of the first. */
    revision: integer().notNull().default(0),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
    updatedBy: id('updated_by'),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.scriptId] }), index('scripts_by_change').on(t.corpId, t.updatedAt, t.scriptId)],
);

/** What held for the script when a version was published; without it a version could not be brought back whole. */
export type VersionSettings = { folderId: string; audience: ScriptAudience; validFrom: string | null; validUntil: string | null };

/** A version is never changed after it was published: a send names it. */
export const scriptVersions = pgTable(
  'script_versions',
  {
    corpId: corpId(),
    scriptId: id('script_id').notNull(),
    version: integer().notNull(),
    title: text().notNull(),
    titlePinyin: text('title_pinyin').notNull(),
    keywords: text().array().notNull().default([]),
    purpose: text().$type<Purpose>().notNull(),
    parts: jsonb().$type<Part[]>().notNull(),
    fit: jsonb().$type<ScriptFit>().notNull(),
    /** Words for variables that have no value. */
    defaults: jsonb().$type<Record<string, string>>().notNull().default({}),
    /** Null in versions from before settings were kept. */
    settings: jsonb().$type<VersionSettings>(),
    authorUserId: id('author_user_id'),
    /** Who passed it, when that was somebody else. */
    reviewerUserId: id('reviewer_user_id'),
    createdAt: at('created_at').notNull(),
    publishedAt: at('published_at'),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.scriptId, t.version] })],
);

/** One counter per corp, raised in the transaction of every change that guides can see: the library's ETag. */
export const libraryVersions = pgTable(
  'library_versions',
  { corpId: corpId(), version: bigint({ mode: 'number' }).notNull(), changedAt: at('changed_at').notNull() },
  (t) => [primaryKey({ columns: [t.corpId] })],
);

export const scriptFavourites = pgTable(
  'script_favourites',
  {
    corpId: corpId(),
    staffUserId: id('staff_user_id').notNull(),
    scriptId: id('script_id').notNull(),
    markedAt: at('marked_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.staffUserId, t.scriptId] })],
);

/** Per staff member and script: how often and when last. Kept by the send itself; feeds recents and ranking. */
export const scriptUses = pgTable(
  'script_uses',
  {
    corpId: corpId(),
    staffUserId: id('staff_user_id').notNull(),
    scriptId: id('script_id').notNull(),
    uses: integer().notNull(),
    lastUsedAt: at('last_used_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.staffUserId, t.scriptId] })],
);

/** 告诉总部缺哪一句. */
export const missingScripts = pgTable(
  'missing_scripts',
  {
    corpId: corpId(),
    requestId: uuid('request_id').notNull(),
    staffUserId: id('staff_user_id').notNull(),
    query: text().notNull(),
    wish: text(),
    automatic: boolean().notNull(),
    askedAt: at('asked_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.requestId] })],
);

/** The file once, by its content. */
export const media = pgTable(
  'media',
  {
    corpId: corpId(),
    sha256: id().notNull(),
    fileName: text('file_name').notNull(),
    contentType: text('content_type').notNull(),
    byteSize: integer('byte_size').notNull(),
    bytes: bytea().notNull(),
    /** Pixels of a picture. */
    width: integer(),
    height: integer(),
    /** A picture's small form, WebP. */
    thumbnail: bytea(),
    storedAt: at('stored_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.sha256] })],
);

/** WeCom's temporary id for a file, and when it dies (three days after the upload). */
export const mediaUploads = pgTable(
  'media_uploads',
  {
    corpId: corpId(),
    sha256: id().notNull(),
    agentId: id('agent_id').notNull(),
    kind: text().$type<'image' | 'video' | 'file'>().notNull(),
    mediaId: id('media_id').notNull(),
    uploadedAt: at('uploaded_at').notNull(),
    diesAt: at('dies_at').notNull(),
    /** By our own clock, while the two above are WeCom's: whatever the clocks say of each other, what was just brought is not brought again. */
    broughtAt: at('brought_at')
      .notNull()
      .default(sql`'epoch'`),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.sha256, t.agentId, t.kind] })],
);

/** A file that WeCom could not be given, since when and why. Gone with the next upload that succeeds. */
export const mediaTroubles = pgTable(
  'media_troubles',
  {
    corpId: corpId(),
    sha256: id().notNull(),
    agentId: id('agent_id').notNull(),
    kind: text().$type<'image' | 'video' | 'file'>().notNull(),
    since: at('since').notNull(),
    attempts: integer().notNull(),
    askAgainAt: at('ask_again_at').notNull(),
    reason: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.sha256, t.agentId, t.kind] })],
);
