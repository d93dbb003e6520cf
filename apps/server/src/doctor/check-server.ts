import type { DoctorCheck } from '@nextline/contract';
import type { Findings } from './findings.ts';
import { failed, ok, unknown } from './words.ts';

export function checkSettings({ settings }: Findings): DoctorCheck {
  const subject = { id: 'settings', title: '设置' } as const;
  if (settings.wrong.length === 0) return ok(subject, '要填的都填了。');
  return failed(
    subject,
    `有 ${settings.wrong.length} 项设置缺了或不对：${settings.wrong.join('、')}。`,
    '照 .env.example 的说明补上，再重启服务。',
    settings.sentences,
  );
}

export function checkDatabase({ database }: Findings): DoctorCheck {
  const subject = { id: 'database', title: '数据库' } as const;
  switch (database.kind) {
    case 'ready':
      return ok(subject, '连得上，表是最新的。');
    case 'not_set':
      return unknown(subject, '数据库地址还没填对', '填好 DATABASE_URL，再测一次。');
    case 'away':
      return failed(subject, '连不上数据库。', '看 Postgres 是否在运行，DATABASE_URL 的主机、端口、用户和密码对不对。', [database.reason]);
    case 'not_migrated':
      return failed(subject, '数据库的表不是这一版的。', '跑一次 npx -y pnpm@12 run db:migrate，或重启服务（启动时会自己做）。');
    case 'never_started':
      return failed(subject, '这家企业在数据库里还没有角色。', '用同样的设置启动一次服务，它会自己建好。');
    case 'locked_out':
      return failed(
        subject,
        '服务用自己的角色登录不了数据库。',
        'SESSION_KEY 要和建角色时的一样；换过的话，在数据库里 DROP 掉 nextline_corp_ 开头的角色，再启动服务。',
        [database.reason],
      );
  }
}

export function checkPublicUrl({ publicUrl, publicWeCom }: Findings): DoctorCheck {
  const subject = { id: 'public_url', title: '对外地址' } as const;
  if (publicUrl === null) return unknown(subject, '设置还没填对', '填好 PUBLIC_URL，再测一次。');
  const { protocol, port, hostname } = new URL(publicUrl);
  if (!publicWeCom) return ok(subject, `${publicUrl}`, ['WECOM_API_URL 不是腾讯的企业微信，所以不要求 https 和备案域名。']);
  const fix = '给服务器一个备案过的域名和证书，把 PUBLIC_URL 写成 https://域名。';
  if (protocol !== 'https:') return failed(subject, `${publicUrl} 不是 https，企业微信里打不开。`, fix);
  if (/^[\d.]+$|:/.test(hostname) || !hostname.includes('.'))
    return failed(subject, `${hostname} 不是域名，企业微信的可信域名只收备案过的域名。`, fix);
  if (port !== '') return failed(subject, `${publicUrl} 带了端口，可信域名对不上。`, '让反向代理用 443，PUBLIC_URL 里去掉端口。');
  return ok(subject, `${publicUrl}`);
}

export function checkAuditLog({ store }: Findings): DoctorCheck {
  const subject = { id: 'audit_log', title: '操作记录' } as const;
  if (store === null) return unknown(subject, '数据库读不到', null);
  const { checked, faults } = store.audit;
  if (faults.length === 0) return ok(subject, `最近 ${checked} 条没有缺，也没有改。`);
  return failed(
    subject,
    `操作记录不完整，查出 ${faults.length} 处：${faults[0] ?? ''}`,
    '有人绕过服务动了数据库。跑 npx -y pnpm@12 run audit verify 看全部，和备份对照，再查谁有数据库的密码。',
    faults.slice(1, 20),
  );
}

/** What WeCom compares times with: signatures and callbacks that are minutes off look like replays. */
const toleratedSeconds = 300;

export function checkClock({ clockAheadSeconds: ahead }: Findings): DoctorCheck {
  const subject = { id: 'clock', title: '时钟' } as const;
  if (ahead === null)
    return unknown(subject, '企业微信没有告诉我们时间', '在服务器上跑 timedatectl，看 System clock synchronized 是不是 yes。');
  const off = Math.round(Math.abs(ahead));
  if (off <= toleratedSeconds) return ok(subject, off <= 2 ? '和企业微信一致。' : `和企业微信差 ${off} 秒，不碍事。`);
  const minutes = Math.round(off / 60);
  return failed(
    subject,
    `服务器的时钟比企业微信${ahead > 0 ? '快' : '慢'} ${minutes} 分钟，签名和回调会被当成过期。`,
    '在服务器上打开时间同步：timedatectl set-ntp true。',
  );
}
