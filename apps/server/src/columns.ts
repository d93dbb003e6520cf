import { customType, text, timestamp } from 'drizzle-orm/pg-core';
import { readSentence, type Sentence, writeSentence } from './sentence.ts';

/** An opaque id. `COLLATE "C"`: ids are compared as bytes, which is faster and the same on every machine. */
export const id = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

/** A list of opaque ids. Plain `text[]`: lists are only ever searched for equality. */
export const ids = (name: string) => text(name).array();

/** What a person is to be told later, in whatever language they then read. */
export const sentence = customType<{ data: Sentence; driverData: string }>({
  dataType: () => 'text',
  toDriver: writeSentence,
  fromDriver: readSentence,
});

/** First column of every key. Row level security compares it with the corp of the connection. */
export const corpId = () => id('corp_id').notNull();

/** An instant; the corp's time zone is applied when a day is meant, never at rest. */
export const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });
