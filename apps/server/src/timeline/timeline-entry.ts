import type { Part, TimelineEntry } from '@nextline/contract';
import type { TimelineRow } from './timeline.store.ts';

export type TimelineWords = {
  /** Whose screen it is: `你发的`. */
  staffUserId: string;
  stageName(stageId: string): string;
  /** What a version of a script consists of; null when it is not known any more. */
  kindsOf(scriptId: string): Part['kind'][] | null;
};

const kindNames: Record<Part['kind'], string> = {
  text: '文字',
  image: '图片',
  video: '视频',
  file: '文件',
  link: '链接',
  miniprogram: '小程序',
};

/** One row of 轨迹: what she did stands out, what we did is ours, what the system did is neither. */
export function timelineEntry(row: TimelineRow, words: TimelineWords): TimelineEntry {
  const by = row.staff_user_id === words.staffUserId ? '你' : (row.staff_name ?? '同事');
  const entry = (side: TimelineEntry['side'], kind: TimelineEntry['kind'], title: string, detail: string | null): TimelineEntry => ({
    entryId: row.id,
    at: row.at.toISOString(),
    side,
    kind,
    title,
    detail,
    scriptId: row.script_id,
  });
  switch (row.source) {
    case 'touch': {
      const kinds = row.script_id === null ? null : words.kindsOf(row.script_id);
      const what = kinds === null ? '' : ` · ${[...new Set(kinds.map((kind) => kindNames[kind]))].join('+')}`;
      return entry('us', 'touch', row.text ?? '', `${by}发的${what}${row.kind === 'service' ? ' · 不占次数' : ''}`);
    }
    case 'note':
      return entry('us', 'note', row.text ?? '', `${by}记的`);
    case 'stage': {
      const from = row.text === null ? null : words.stageName(row.text);
      const to = row.other === null ? null : words.stageName(row.other);
      const title = to === null ? `从「${from ?? ''}」移出` : from === null ? `进入「${to}」` : `「${from}」到「${to}」`;
      return entry('system', 'stage', title, row.staff_user_id === null ? null : `${by}改的`);
    }
    case 'follow_began':
      return entry('customer', 'followed', by === '你' ? '加了你' : `加了${by}`, null);
    case 'follow_ended':
      return row.kind === 'customer'
        ? entry('customer', 'unfollowed', by === '你' ? '删除了你' : `删除了${by}`, null)
        : entry('system', 'unfollowed', row.kind === 'transfer' ? `${by}的客户已转给同事` : `${by}删除了好友`, null);
    case 'opt_out':
      return entry('system', 'opt_out', '不再收营销消息', null);
    case 'outcome':
      if (row.kind === 'order') return entry('customer', 'order', row.text ?? '下了一单', null);
      return entry('customer', 'message', row.text ?? (row.kind === 'visit' ? '到店了' : '回了消息'), null);
  }
}
