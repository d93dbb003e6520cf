import { type SQL, sql } from 'drizzle-orm';
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

/**
 * Of a filter what the index over terms can tell, each as a condition of its own: the index goes through all of them at once, and finds those who are asleep and lack a tag to be
 * nobody without a look at anybody. What nearly everybody passes is not looked up.
 */
export function findable(filter: FilterConditions): SQL[] {
  const { stageIds, hasOrder, optedOut, alive, contacts, sources, tags, words } = filter;
  const all = [
    ...tagFacets(tags.all),
    ...gramsOf(words),
    ...(hasOrder === null ? [] : [hasOrder ? 'order:yes' : 'order:no']),
    ...(optedOut === true ? ['marketing:no'] : []),
    ...(alive === false ? ['relation:ended'] : []),
  ];
  const any = [...contacts, tagFacets(tags.any), sources ?? [], (stageIds ?? []).map((id) => `stage:${id}`)];
  const wanted = [...all.map(named), ...any.filter(({ length }) => length > 0 && length <= few).map(anyOf)];
  // An index that is told only whom not to find goes through every term there is.
  const terms = [...(wanted.length === 0 ? [named('everybody')] : wanted), ...refused(filter)];
  return terms.map((term) => sql`nextline_terms(l.facets, l.bits) @@ ${term}`);
}
