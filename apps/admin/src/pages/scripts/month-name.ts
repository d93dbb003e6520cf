import { locale } from '../../i18n/locale.ts';

/** 1月, Jan. */
export const monthName = (month: number): string =>
  new Intl.DateTimeFormat(locale.value, { month: 'short', timeZone: 'UTC' }).format(Date.UTC(2000, month - 1));
