import { type SQL, sql } from 'drizzle-orm';
import type { FilterConditions } from './filter-conditions.ts';

/** The lowest bits of `bits`. `oneContact`: there has only ever been one relation, so what the list says of her is what that relation says. */
export const fact = { optedOut: 1, hasOrder: 2, alive: 4, oneContact: 8 } as const;

const list = (values: readonly string[]) => sql`${sql.param([...values])}::text[]`;
const hashes = (names: readonly string[]) => sql`nextline_facets(${list(names)})`;
const signature = (names: readonly string[]) => sql`nextline_signature(${hashes(names)})`;
const instant = (at: Date) => sql`${at.toISOString()}::timestamptz`;
const likePart = (words: string) => `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`;

export const allTrue = (conditions: SQL[]): SQL => (conditions.length === 0 ? sql`true` : sql`(${sql.join(conditions, sql` AND `)})`);

export const within = (column: SQL, { from, before }: FilterConditions['engaged']): SQL[] => [
  ...(from === null ? [] : [sql`${column} >= ${instant(from)}`]),
  ...(before === null ? [] : [sql`${column} < ${instant(before)}`]),
];

/** For Postgres to compare one number with each of a row's takes a fraction of what it takes to compare two arrays, of which even the second is one number. */
const has = (facet: string): SQL => sql`(${hashes([facet])})[1] = ANY(l.facets)`;
const fewNames = 4;
const eachOf = (facets: readonly string[], by: 'AND' | 'OR'): SQL => sql`(${sql.join(facets.map(has), sql.raw(` ${by} `))})`;

/** The signature first: it spares most rows the look into their array. */
export const hasAny = (facets: readonly string[]): SQL =>
  sql`(l.bits & ${signature(facets)} <> 0 AND ${facets.length <= fewNames ? eachOf(facets, 'OR') : sql`l.facets && ${hashes(facets)}`})`;
export const hasAll = (facets: readonly string[]): SQL =>
  sql`(l.bits & ${signature(facets)} = ${signature(facets)} AND ${facets.length <= fewNames ? eachOf(facets, 'AND') : sql`l.facets @> ${hashes(facets)}`})`;

export const inStage = (stageIds: readonly string[]): SQL => sql`l.stage = ANY(${hashes(stageIds.map((id) => `stage:${id}`))})`;

/** The same of one, as an index can look it up. */
export const isInStage = (stageId: string): SQL => sql`l.stage = (${hashes([`stage:${stageId}`])})[1]`;

/** So many are looked up in the index at once. */
export const few = 20;

/** A customer is of these when one of her contacts is: nearly always she has a single one. */
export const hasContact = (contacts: readonly string[]): SQL => {
  const these = hashes(contacts);
  // Of a chain of stores, thousands of guides, the signature has every bit.
  const perhaps = contacts.length <= few ? sql`l.bits & ${signature(contacts)} <> 0 AND ` : sql``;
  return sql`(${perhaps}(l.guide = ANY(${these}) OR l.others[1] = ANY(${these}) OR l.others[2] = ANY(${these}) OR (l.others[3] IS NOT NULL AND l.others[3:] && ${these})))`;
};

export const isTrue = (facts: number): SQL => sql`l.bits & ${sql.raw(String(facts))} = ${sql.raw(String(facts))}`;

const sumOf = (names: readonly (keyof typeof fact)[]) => sql.raw(String(names.reduce((bits, name) => bits + fact[name], 0)));

function whetherFacts(filter: FilterConditions): SQL[] {
  const asked = (['optedOut', 'hasOrder', 'alive'] as const).filter((name) => filter[name] !== null);
  if (asked.length === 0) return [];
  return [sql`l.bits & ${sumOf(asked)} = ${sumOf(asked.filter((name) => filter[name]))}`];
}

const tagFacets = (tagIds: readonly string[]) => tagIds.map((id) => `tag:${id}`);

/** Of so many guides times tags it is asked which are in a row. */
const manyGifts = 1_000;

/** What the relations of the scope add up to, asked one customer at a time: as a join Postgres may read all relations there are. */
const ofOwnRelations = (scope: readonly string[], what: SQL) => sql`(SELECT coalesce(bool_or(${what}), false) FROM follows f
  WHERE f.corp_id = l.corp_id AND f.external_user_id = l.external_user_id AND f.staff_user_id = ANY(${list(scope)}))`;

/** The same from the row, where it says who gave what, unless that would be a list of thousands. */
function gaveAny(scope: readonly string[], tagIds: readonly string[]): SQL {
  const asked = ofOwnRelations(scope, sql`f.ended_at IS NULL AND f.tag_ids && ${list(tagIds)}`);
  if (scope.length * tagIds.length > manyGifts) return asked;
  const given = hashes(scope.flatMap((staffUserId) => tagIds.map((tagId) => `given:${staffUserId}:${tagId}`)));
  return sql`CASE WHEN l.given IS NULL THEN ${asked} ELSE l.given && ${given} END`;
}

/** The list holds what all relations say together. That is what this person's own say when there is one; else they are asked. */
const andOwn = (scope: FilterConditions['scope'], listed: SQL, own: (scope: readonly string[]) => SQL): SQL =>
  scope === null ? listed : sql`(${listed} AND (${isTrue(fact.oneContact)} OR ${own(scope)}))`;

function tags({ scope, tags: { any, all, none } }: FilterConditions): SQL[] {
  const anyOf = (tagIds: readonly string[]) => andOwn(scope, hasAny(tagFacets(tagIds)), (own) => gaveAny(own, tagIds));
  return [
    ...(any.length === 0 ? [] : [anyOf(any)]),
    ...(all.length === 0 ? [] : [andOwn(scope, hasAll(tagFacets(all)), (own) => allTrue(all.map((tagId) => gaveAny(own, [tagId]))))]),
    ...(none.length === 0 ? [] : [sql`NOT ${anyOf(none)}`]),
  ];
}

/** A bit for each letter that a name with these words in it must have. */
function letterBits(words: string): SQL {
  const bits = [...words].reduce((sum, letter) => sum | (1n << BigInt((letter.codePointAt(0) ?? 0) % 63)), 0n);
  return sql`${bits.toString()}::bigint`;
}

function words({ scope, words: asked }: FilterConditions): SQL[] {
  if (asked === '') return [];
  const part = likePart(asked);
  const said = sql`(l.letters & ${letterBits(asked)} = ${letterBits(asked)} AND l.search LIKE ${part})`;
  const own = (ours: readonly string[]) => sql`(${ofOwnRelations(ours, sql`lower(f.remark) LIKE ${part}`)}
    OR (SELECT lower(c.name) LIKE ${part} FROM customers c WHERE c.corp_id = l.corp_id AND c.external_user_id = l.external_user_id))`;
  return [andOwn(scope, said, own)];
}

/**
 * All that a filter asks besides its spans of time, as one condition. `l` is a row of `searchable_customers`. Inside CASE Postgres keeps to the order in which it is written, what
 * costs least first; by its own reckoning it would compare words before bits.
 */
export const passes = (filter: FilterConditions): SQL =>
  [
    ...whetherFacts(filter),
    ...(filter.stageIds === null ? [] : [inStage(filter.stageIds)]),
    ...filter.contacts.map(hasContact),
    ...(filter.sources === null ? [] : [hasAny(filter.sources)]),
    ...tags(filter),
    ...words(filter),
  ].reduceRight((rest, condition) => sql`CASE WHEN ${condition} THEN ${rest} ELSE false END`, sql`true`);
