import type { DoctorCheck } from '@nextline/contract';
import type { Findings } from './findings.ts';
import { failed, ok, unknown } from './words.ts';

/** What guides can send at any moment must lie at WeCom before they tap. */
export function checkMediaReady({ store }: Findings): DoctorCheck {
  const subject = { id: 'media_ready', title: '话术素材' } as const;
  if (store === null) return unknown(subject, '数据库读不到', null);
  const { used, ready, failing } = store.media;
  if (failing.length > 0)
    return failed(
      subject,
      `${failing.length} 个素材传不到企业微信：${failing
        .slice(0, 8)
        .map(({ title }) => title)
        .join('、')}。`,
      '看每个的原因：先改好上面没通过的项；只有它自己不行的，换一个文件再发布。',
      failing
        .slice(0, 20)
        .map(({ title, reason, diesAt }) => `${title}：${reason}${diesAt ? `（手上这份用到 ${diesAt.toISOString()}）` : ''}`),
    );
  if (ready < used) return unknown(subject, `${used - ready} 个素材还没传完`, '工作进程每半分钟看一次；一直不动，看它在不在跑。');
  return ok(subject, used === 0 ? '话术里还没有图片、视频和文件。' : `${used} 个素材都在企业微信里，随时能发。`);
}

export function checkWrites({ store }: Findings): DoctorCheck {
  const subject = { id: 'writes', title: '写回企业微信' } as const;
  if (store === null) return unknown(subject, '数据库读不到', null);
  if (store.unsureWrites === 0) return ok(subject, '改过的标签都写回去了，或还在路上。');
  return failed(
    subject,
    `${store.unsureWrites} 次改标签说不清企业微信做没做。`,
    '到后台「体检 → 同步」逐条看企业微信现在的样子，选「已写入」或「再写一次」。',
  );
}
