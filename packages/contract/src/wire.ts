import { z } from 'zod';

/** An id that came from WeCom or from us: opaque, never parsed, never shortened. Refuses NUL, which Postgres cannot store. */
export const opaqueId = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[^\u0000-\u001f\u007f]+$/);

/** A UUIDv7 made by the page: the identity of one tap. */
export const uuid = z.uuid();

/** An instant, ISO 8601 with offset, always UTC on the wire (`2026-06-09T06:32:00.000Z`). */
export const instant = z.iso.datetime({ offset: true });

/** Text that a person typed: what Postgres can hold. NUL and halves of characters are refused; everything else travels untouched. */
export const typedText = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !text.includes('\u0000'), { message: '文字里有看不见的空字符，去掉它再存。' })
    .refine((text) => text.isWellFormed(), { message: '文字里有半个字符，删掉重新输入。' });
