import type { ScriptStatus } from '@nextline/contract';
import type { LocationQuery } from 'vue-router';

export const statuses = ['review', 'draft', 'published', 'retired'] as const satisfies readonly ScriptStatus[];
export const audiences = ['company', 'stores', 'personal'] as const;
export type AudienceKind = (typeof audiences)[number];

/** What the list shows; kept in the address, so that back, reload and a shared link find it again. */
export type LibraryQuery = { q: string; folderId: string | null; status: ScriptStatus | null; audience: AudienceKind | null };

const one = (value: LocationQuery[string] | undefined): string => (Array.isArray(value) ? (value[0] ?? '') : (value ?? ''));

export function readLibraryQuery(query: LocationQuery): LibraryQuery {
  const status = one(query['status']);
  const audience = one(query['audience']);
  return {
    q: one(query['q']).slice(0, 100),
    folderId: one(query['folder']) || null,
    status: statuses.find((known) => known === status) ?? null,
    audience: audiences.find((known) => known === audience) ?? null,
  };
}

export function writeLibraryQuery({ q, folderId, status, audience }: LibraryQuery): Record<string, string> {
  return {
    ...(q === '' ? {} : { q }),
    ...(folderId === null ? {} : { folder: folderId }),
    ...(status === null ? {} : { status }),
    ...(audience === null ? {} : { audience }),
  };
}

/** The same as the server is asked; what is not set is left out. */
export function queryForServer({ q, folderId, status, audience }: LibraryQuery) {
  return {
    ...(q === '' ? {} : { q }),
    ...(folderId === null ? {} : { folderId }),
    ...(status === null ? {} : { status }),
    ...(audience === null ? {} : { audience }),
  };
}
