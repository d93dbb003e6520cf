/**
 * What is meant for certain days, by day: stretches in which the same things fit, each with the first few of them. There are at most twice as
 * many stretches as windows, however long a window is: "from day 30 on" costs no more than "on day 30".
 */
export type DayWindows<T> = { starts: number[]; lists: T[][] };

/** Both days of a window belong to it. `most`: what comes first in `wished` comes before what comes later, and no list is longer. */
export function dayWindows<T>(wished: readonly { window: readonly [number, number]; of: T }[], most: number): DayWindows<T> {
  const starts = [...new Set(wished.flatMap(({ window: [from, to] }) => (from <= to ? [from, to + 1] : [])))].sort((a, b) => a - b);
  const places = new Map(starts.map((day, place) => [day, place]));
  const lists = starts.map((): T[] => []);
  // A list that is full is stepped over together with the full ones behind it.
  const next = starts.map((_, place) => place);
  const open = (place: number): number => {
    let found = place;
    for (let after = next[found]; after !== undefined && after !== found; after = next[found]) found = after;
    if (place < next.length) next[place] = found;
    return found;
  };
  for (const { window, of } of wished) {
    const end = places.get(window[1] + 1) ?? 0;
    for (let place = open(places.get(window[0]) ?? end); place < end; place = open(place + 1)) {
      const list = lists[place] ?? [];
      list.push(of);
      if (list.length === most) next[place] = place + 1;
    }
  }
  return { starts, lists };
}

export function ofDay<T>({ starts, lists }: DayWindows<T>, day: number): readonly T[] {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= day) low = middle + 1;
    else high = middle;
  }
  return lists[low - 1] ?? [];
}
