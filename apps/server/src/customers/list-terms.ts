import { type SQL, sql } from 'drizzle-orm';
import { beginningsOf, type Days } from './engaged-days.ts';
import type { FilterConditions } from './filter-conditions.ts';
import { few } from './list-conditions.ts';

/** A query over the terms of a row (`nextline_terms`), which is what its facets are called in the index. */
type Terms = SQL;

const named = (name: string): Terms => sql`nextline_term(${name})`;
const joined = (terms: Terms[], by: '&&' | '||'): Terms => sql`(${sql.join(terms, sql.raw(` ${by} `))})`;
const anyOf = (names: readonly string[]) => joined(names.map(named), '||');

/** Pairs of letters that a name with these words in it must have; the letter, when there is only one. */
function gramsOf(asked: string): string[] {
  const letters = [...asked];
  const pairs = letters.slice(1).map((letter, n) => `n:${letters[n]}${letter}`);
  return pairs.length > 0 ? [...new Set(pairs)] : letters.map((letter) => `n:${letter}`);
}

const tagFacets = (tagIds: readonly string[]) => tagIds.map((id) => `tag:${id}`);

/** With more tags than these the index would go through everybody who wears any of them, which takes longer than a look at whoever is left. */
const fewRefused = 5;

const isFew = (names: readonly string[]) => names.length <= few;

/** What of a filter the index over terms can tell, and nearly everybody does not pass anyhow. */
export const told = (filter: FilterConditions): FilterConditions => ({
  ...filter,
  optedOut: filter.optedOut === true ? true : null,
  alive: filter.alive === false ? false : null,
  stageIds: isFew(filter.stageIds ?? []) ? filter.stageIds : null,
  contacts: filter.contacts.filter(isFew),
  sources: isFew(filter.sources ?? []) ? filter.sources : null,
  tags: {
    any: isFew(filter.tags.any) ? filter.tags.any : [],
    all: filter.tags.all,
    none: filter.tags.none.length > fewRefused ? [] : filter.tags.none,
  },
});

/** What the list says of her tags is what her only contact gave her; of several, somebody else's do not count for this person. */
const refused = ({ scope, tags: { none } }: FilterConditions): Terms[] =>
  tagFacets(none).map((tag) => sql`!! ${scope === null ? named(tag) : joined([named('one-contact'), named(tag)], '&&')}`);

/** What the index knows also by days: of each of these lists a customer has to have one. */
export function datable(filter: FilterConditions): string[][] {
  const { contacts, tags, sources } = told(filter);
  return [...tags.all.map((id) => [`tag:${id}`]), tagFacets(tags.any), sources ?? [], ...contacts].filter(({ length }) => length > 0);
}

/** One of the lists above, and the days on which those were last engaged who are looked for. */
export type Dated = { place: number; days: Days };

/** So many words are asked for at once: each is compared with whoever wears any of them. */
const mostDated = 48;

/** One of these, and last engaged on these days: she is found without a look at those of other days. */
function ofDays(names: readonly string[], days: Days): Terms {
  const beginnings = beginningsOf(days, Math.max(1, Math.floor(mostDated / names.length)));
  return sql`nextline_term_of_days(${sql.param([...names])}::text[], ${sql.param(beginnings)}::text[])`;
}

/**
 * The same, each as a condition of its own: the index goes through all of them at once, and finds those who are asleep and lack a tag to be nobody without a look at anybody.
 */
export function findable(conditions: FilterConditions, dated: Dated | null): SQL[] {
  const filter = told(conditions);
  const { stageIds, hasOrder, optedOut, alive, words } = filter;
  const wanted = [
    ...datable(filter).map((names, place) => (place === dated?.place ? ofDays(names, dated.days) : anyOf(names))),
    ...gramsOf(words).map(named),
    ...(hasOrder === null ? [] : [named(hasOrder ? 'order:yes' : 'order:no')]),
    ...(optedOut === null ? [] : [named('marketing:no')]),
    ...(alive === null ? [] : [named('relation:ended')]),
    ...(stageIds === null ? [] : [anyOf(stageIds.map((id) => `stage:${id}`))]),
  ];
  // An index that is told only whom not to find goes through every term there is.
  const terms = [...(wanted.length === 0 ? [named('everybody')] : wanted), ...refused(filter)];
  return terms.map((term) => sql`nextline_terms(l.facets, l.bits, l.stage, l.engaged_at) @@ ${term}`);
}
