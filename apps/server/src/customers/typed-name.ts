/** A name as one can type it: what is not seen is not typed, and spaces stand alone. */
export const asTyped = (name: string): string =>
  name
    .normalize('NFC')
    .replaceAll(/[\p{Cf}\u115F\u1160\u2800\u3164\uFFA0]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();

/** What whoever deletes a customer types: her name, or her id where there is nothing to see in the name. */
export const typedToDelete = (name: string, externalUserId: string): string => asTyped(name) || externalUserId;
