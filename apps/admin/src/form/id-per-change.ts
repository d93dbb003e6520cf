import { uuidv7 } from '../pages/scripts/uuid.ts';

/** The identity of each change that is chosen in a dialog: the same one sent twice, because the first answer was lost, is made once. */
export function idPerChange<Change>(): (wanted: Change) => string {
  const ids = new Map<string, string>();
  return (wanted) => {
    const spelled = JSON.stringify(wanted);
    const id = ids.get(spelled) ?? uuidv7();
    ids.set(spelled, id);
    return id;
  };
}
