import { hourMs, paceOf, publishedBudget } from '@nextline/wecom';

/** Of what may be asked at once beside the hour's steady pace; what is left is for those who cannot wait. */
const freelyGivenOut = 0.5;

/**
 * SQL that answers one row `scarcity`, or none when nobody has asked yet: 0 while at most half of an API's reserve for the hour has been given out, 1 when
 * all of it has and every call waits for its turn, evenly between. For statements of others that let something wait before that. `api`: one of `wecomPaths`; `corpId`: the
 * parameter that holds it.
 */
export function scarcityOfCalls(api: string, corpId: `$${number}`): string {
  const budget = publishedBudget(api);
  if (budget === null) throw new Error(`${api} has no budget that could run short`);
  const { leewayMs } = paceOf(budget.perHour, hourMs);
  const givenOut = `(hour_free_at - extract(epoch FROM clock_timestamp())::float8 * 1000) / ${leewayMs}`;
  return `SELECT least(1, greatest(0, (${givenOut} - ${freelyGivenOut}) / ${1 - freelyGivenOut})) AS scarcity FROM call_slots WHERE corp_id = ${corpId} AND key = '${api}'`;
}
