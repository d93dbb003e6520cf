import type { Language, Part, TimelineEntry } from '@nextline/contract';
import { asItIs, type Sentence } from '../sentence.ts';
import type { TimelineRow } from './timeline.store.ts';

export type TimelineWords = {
  /** Whose screen it is: `你发的`. */
  staffUserId: string;
  language: Language;
  stageName(stageId: string): string;
  /** What a version of a script consists of; null when it is not known any more: it has been replaced, or is gone. */
  kindsOf(scriptId: string, version: number | null): Part['kind'][] | null;
};

const kindNames: Record<Part['kind'], Sentence> = {
  text: { 'zh-CN': '文字', en: 'text' },
  image: { 'zh-CN': '图片', en: 'picture' },
  video: { 'zh-CN': '视频', en: 'video' },
  file: { 'zh-CN': '文件', en: 'file' },
  link: { 'zh-CN': '链接', en: 'link' },
  miniprogram: { 'zh-CN': '小程序', en: 'mini-program' },
};
const colleague: Sentence = { 'zh-CN': '同事', en: 'a colleague' };
const noCap: Sentence = { 'zh-CN': ' · 不占次数', en: ' · not counted' };

function movedBetween(from: string | null, to: string | null): Sentence {
  if (to === null) return { 'zh-CN': `从「${from ?? ''}」移出`, en: `Out of “${from ?? ''}”` };
  if (from === null) return { 'zh-CN': `进入「${to}」`, en: `Into “${to}”` };
  return { 'zh-CN': `「${from}」到「${to}」`, en: `“${from}” to “${to}”` };
}

/** One row of 轨迹: what she did stands out, what we did is ours, what the system did is neither. */
export function timelineEntry(row: TimelineRow, words: TimelineWords): TimelineEntry {
  const { language } = words;
  const yours = row.staff_user_id === words.staffUserId;
  const by = yours ? { 'zh-CN': '你', en: 'you' } : row.staff_name === null ? colleague : asItIs(row.staff_name);
  const entry = (side: TimelineEntry['side'], kind: TimelineEntry['kind'], title: Sentence, detail: Sentence | null): TimelineEntry => ({
    entryId: row.id,
    at: row.at.toISOString(),
    side,
    kind,
    title: title[language],
    detail: detail && detail[language],
    scriptId: row.script_id,
  });
  const text = asItIs(row.text ?? '');
  switch (row.source) {
    case 'touch': {
      const kinds = row.script_id === null ? null : words.kindsOf(row.script_id, row.version);
      const what = (spoken: Language) =>
        kinds === null ? '' : ` · ${[...new Set(kinds.map((kind) => kindNames[kind][spoken]))].join('+')}`;
      const counted = (spoken: Language) => (row.kind === 'service' ? noCap[spoken] : '');
      return entry('us', 'touch', text, {
        'zh-CN': `${by['zh-CN']}发的${what('zh-CN')}${counted('zh-CN')}`,
        en: `Sent by ${by.en}${what('en')}${counted('en')}`,
      });
    }
    case 'note':
      return entry('us', 'note', text, { 'zh-CN': `${by['zh-CN']}记的`, en: `Noted by ${by.en}` });
    case 'stage': {
      const from = row.text === null ? null : words.stageName(row.text);
      const to = row.other === null ? null : words.stageName(row.other);
      const who = { 'zh-CN': `${by['zh-CN']}改的`, en: `Changed by ${by.en}` };
      return entry('system', 'stage', movedBetween(from, to), row.staff_user_id === null ? null : who);
    }
    case 'follow_began':
      return entry('customer', 'followed', { 'zh-CN': `加了${by['zh-CN']}`, en: `Added ${by.en}` }, null);
    case 'follow_ended': {
      if (row.kind === 'customer')
        return entry('customer', 'unfollowed', { 'zh-CN': `删除了${by['zh-CN']}`, en: `Deleted ${by.en}` }, null);
      const handedOver = { 'zh-CN': `${by['zh-CN']}的客户已转给同事`, en: `Handed over by ${by.en} to a colleague` };
      const deleted = { 'zh-CN': `${by['zh-CN']}删除了好友`, en: `Deleted by ${by.en}` };
      return entry('system', 'unfollowed', row.kind === 'transfer' ? handedOver : deleted, null);
    }
    case 'opt_out':
      return entry('system', 'opt_out', { 'zh-CN': '不再收营销消息', en: 'Gets no more marketing' }, null);
    case 'outcome': {
      if (row.kind === 'order') return entry('customer', 'order', row.text === null ? { 'zh-CN': '下了一单', en: 'Ordered' } : text, null);
      const came = row.kind === 'visit' ? { 'zh-CN': '到店了', en: 'Came to the store' } : { 'zh-CN': '回了消息', en: 'Answered' };
      return entry('customer', 'message', row.text === null ? came : text, null);
    }
  }
}
