import { z } from 'zod';

/** An id that came from WeCom or from us: opaque, never parsed, never shortened. Refuses NUL, which Postgres cannot store. */
export const opaqueId = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[^\u0000-\u001f\u007f]+$/);

/** A UUIDv7 made by the page: the identity of one tap. */
export const uuid = z.uuid();

/** Outside of it calendars and databases disagree: Postgres knows no year 0, and the day after 9999 is written otherwise. */
const inOurTime = (text: string) => text >= '1900' && text < '2200';

/** An instant, ISO 8601 with offset, always UTC on the wire (`2026-06-09T06:32:00.000Z`). */
export const instant = z.iso.datetime({ offset: true }).refine(inOurTime, { message: '时间不对。', params: { en: 'This is no time.' } });

/** A day of the corp, `2026-06-09`. */
export const isoDay = z.iso.date().refine(inOurTime, { message: '日期不对。', params: { en: 'This is no date.' } });

/** Text that a person typed: what Postgres can hold. NUL and halves of characters are refused; everything else travels untouched. */
export const typedText = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !text.includes('\u0000'), {
      message: '文字里有看不见的空字符，去掉它再存。',
      params: { en: 'There is an invisible empty character in the text. Remove it and save again.' },
    })
    .refine((text) => text.isWellFormed(), {
      message: '文字里有半个字符，删掉重新输入。',
      params: { en: 'There is half a character in the text. Delete it and type it anew.' },
    });
