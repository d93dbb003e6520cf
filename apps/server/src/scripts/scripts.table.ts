import type { Part, Purpose } from '@nextline/contract';
import { bigint, boolean, customType, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, corpId, id } from '../columns.ts';

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

/** What a suggestion may know about a script beyond its words. */
export type ScriptFit = {
  /** Fits customers in these stages; empty: any. */
  stageIds: string[];
  /** Fits customers who carry any of these tags; empty: any. */
  tagIds: string[];
  /** Words that, found in her open question, make this an answer to it. */
  answers: string[];
  /** Days since she became a customer within which it is due, e.g. a first-week check-in: [from, to]. */
  daysSinceFollow: [number, number] | null;
  /** Days since her last order within which it is due: [from, to]. */
  daysSinceOrder: [number, number] | null;
  /** Silence in days from which it is a way to wake the relation. */
  silentDays: number | null;
};

export const scripts = pgTable(
  'scripts',
  {
    corpId: corpId(),
    scriptId: id('script_id').notNull(),
    folderId: id('folder_id').notNull(),
    scope: text().$type<'company' | 'store' | 'personal'>().notNull().default('company'),
    /** Set for a store's and a personal script. */
    storeId: id('store_id'),
    ownerUserId: id('owner_user_id'),
    status: text().$type<'draft' | 'review' | 'published' | 'retired'>().notNull(),
    /** The version guides see; null until first published. */
    publishedVersion: integer('published_version'),
    validFrom: at('valid_from'),
    validUntil: at('valid_until'),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.scriptId] })],
);

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
    authorUserId: id('author_user_id'),
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
