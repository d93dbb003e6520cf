type LocalTime = { year: number; month: number; day: number; hour: string; minute: string; weekday: string; dayNumber: number };

/** One offset all year, since 1991. Nearly every corp of WeCom is here, and the first Intl formatter costs a slow phone 100 ms. */
const china = { name: 'Asia/Shanghai', offsetMs: 8 * 3_600_000 };
const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  let found = formatters.get(timeZone);
  if (!found) {
    found = new Intl.DateTimeFormat('zh-CN', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      weekday: 'short',
    });
    formatters.set(timeZone, found);
  }
  return found;
}

/** An instant as the shop's wall clock and calendar show it. `dayNumber` counts days, so a difference of two is a number of midnights. */
export function localTime(at: Date, timeZone: string): LocalTime {
  return timeZone === china.name ? chinaTime(at) : formattedTime(at, timeZone);
}

const twoDigits = (value: number) => String(value).padStart(2, '0');

function chinaTime(at: Date): LocalTime {
  const shifted = new Date(at.getTime() + china.offsetMs);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: twoDigits(shifted.getUTCHours()),
    minute: twoDigits(shifted.getUTCMinutes()),
    weekday: weekdays[shifted.getUTCDay()] ?? '',
    dayNumber: Math.floor(shifted.getTime() / 86_400_000),
  };
}

function formattedTime(at: Date, timeZone: string): LocalTime {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const part of formatter(timeZone).formatToParts(at)) parts[part.type] = part.value;
  const year = Number(parts.year);
  const month = Number(parts.month);
  const day = Number(parts.day);
  return {
    year,
    month,
    day,
    hour: parts.hour ?? '00',
    minute: parts.minute ?? '00',
    weekday: parts.weekday ?? '',
    dayNumber: Date.UTC(year, month - 1, day) / 86_400_000,
  };
}

/** `14:02` */
export function clockWords(at: Date, timeZone: string): string {
  const { hour, minute } = localTime(at, timeZone);
  return `${hour}:${minute}`;
}

/** A day in the past or future: `今天`, `昨天`, `明天`, `6月2日`, and with the year when it is another one. */
export function dayWords(at: Date, now: Date, timeZone: string): string {
  const then = localTime(at, timeZone);
  const today = localTime(now, timeZone);
  const days = then.dayNumber - today.dayNumber;
  if (days === 0) return '今天';
  if (days === -1) return '昨天';
  if (days === 1) return '明天';
  return `${then.year === today.year ? '' : `${then.year}年`}${then.month}月${then.day}日`;
}

/** How long ago: `刚刚` within ten minutes, then by the calendar: `今天`, `昨天`, `3 天前`, `2 个月前`, `1 年前`. */
export function agoWords(at: Date, now: Date, timeZone: string): string {
  if (now.getTime() - at.getTime() < 600_000) return '刚刚';
  const days = localTime(now, timeZone).dayNumber - localTime(at, timeZone).dayNumber;
  if (days <= 0) return '今天';
  if (days === 1) return '昨天';
  if (days < 60) return `${days} 天前`;
  if (days < 365) return `${Math.floor(days / 30)} 个月前`;
  return `${Math.floor(days / 365)} 年前`;
}

/** A moment to come: `今天 18:00`, `明天 09:00`, `周四 09:00` within the week, else `6月11日 周四 09:00`. */
export function whenWords(at: Date, now: Date, timeZone: string): string {
  const then = localTime(at, timeZone);
  const days = then.dayNumber - localTime(now, timeZone).dayNumber;
  const clock = `${then.hour}:${then.minute}`;
  if (days === 0 || days === 1 || days === -1) return `${dayWords(at, now, timeZone)} ${clock}`;
  if (days > 1 && days < 7) return `${then.weekday} ${clock}`;
  return `${dayWords(at, now, timeZone)} ${then.weekday} ${clock}`;
}
