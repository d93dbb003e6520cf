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

/** What the list says of her tags is what her only contact gave her; of several, somebody else's do not count for this person. */
const refused = ({ scope, tags: { none } }: FilterConditions): Terms[] =>
  none.length > fewRefused
    ? []
    : tagFacets(none).map((tag) => sql`!! ${scope === null ? named(tag) : joined([named('one-contact'), named(tag)], '&&')}`);

/** What the index knows also by days: of each of these lists a customer has to have one. */
export const datable = ({ contacts, tags, sources }: FilterConditions): (readonly string[])[] =>
  [...tags.all.map((id) => [`tag:${id}`]), tagFacets(tags.any), sources ?? [], ...contacts].filter(
    ({ length }) => length > 0 && length <= few,
  );

/** One of the lists above, and the days on which those were last engaged who are looked for. */
export type Dated = { place: number; days: Days };

/** So many words are asked for at once: each is compared with whoever wears any of them. */
const mostDated = 48;

/** One of these, and last engaged on these days: she is found without a look at those of other days. */
function ofDays(names: readonly string[], days: Days): Terms {
  const beginnings = beginningsOf({ from: days.from, until: days.until }, Math.max(1, Math.floor(mostDated / names.length)));
  return sql`nextline_term_of_days(${sql.param([...names])}::text[], ${sql.param(beginnings)}::text[])`;
}

/**
 * Of a filter what the index over terms can tell, each as a condition of its own: the index goes through all of them at once, and finds those who are asleep and lack a tag to be
 * nobody without a look at anybody. What nearly everybody passes is not looked up.
 */
export function findable(filter: FilterConditions, dated: Dated | null): SQL[] {
  const { stageIds, hasOrder, optedOut, alive, words } = filter;
  const all = [
    ...gramsOf(words),
    ...(hasOrder === null ? [] : [hasOrder ? 'order:yes' : 'order:no']),
    ...(optedOut === true ? ['marketing:no'] : []),
    ...(alive === false ? ['relation:ended'] : []),
  ];
  const stages = (stageIds ?? []).map((id) => `stage:${id}`);
  const wanted = [
    ...datable(filter).map((names, place) => (place === dated?.place ? ofDays(names, dated.days) : anyOf(names))),
    ...all.map(named),
    ...(stages.length > 0 && stages.length <= few ? [anyOf(stages)] : []),
  ];
  // An index that is told only whom not to find goes through every term there is.
  const terms = [...(wanted.length === 0 ? [named('everybody')] : wanted), ...refused(filter)];
  return terms.map((term) => sql`nextline_terms(l.facets, l.bits, l.stage, l.engaged_at) @@ ${term}`);
}
