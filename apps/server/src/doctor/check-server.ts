import { faultSentence } from '../audit/fault-words.ts';
import type { Findings } from './findings.ts';
import { type Check, say } from './say.ts';
import { failed, ok, unknown } from './words.ts';

const raw = (text: string) => say('raw', { text });

export function checkSettings({ settings }: Findings): Check {
  const { wrong, sentences } = settings;
  if (wrong.length === 0) return ok('settings', say('settings.ok'));
  return failed('settings', say('settings.wrong', { n: wrong.length, names: wrong }), say('settings.fix'), sentences.map(raw));
}

export function checkDatabase({ database }: Findings): Check {
  switch (database.kind) {
    case 'ready':
      return ok('database', say('database.ok'));
    case 'not_set':
      return unknown('database', say('database.because_not_set'), say('database.set'));
    case 'away':
      return failed('database', say('database.away'), say('database.away_fix'), [raw(database.reason)]);
    case 'not_migrated':
      return failed('database', say('database.not_migrated'), say('database.migrate'));
    case 'never_started':
      return failed('database', say('database.never_started'), say('database.start'));
    case 'locked_out':
      return failed('database', say('database.locked_out'), say('database.unlock'), [raw(database.reason)]);
  }
}

export function checkPublicUrl({ publicUrl: url, publicWeCom }: Findings): Check {
  const id = 'public_url';
  if (url === null) return unknown(id, say('because.settings'), say('public_url.set'));
  const { protocol, port, hostname: host } = new URL(url);
  if (!publicWeCom) return ok(id, raw(url), [say('public_url.private')]);
  if (protocol !== 'https:') return failed(id, say('public_url.not_https', { url }), say('public_url.fix'));
  if (/^[\d.]+$|:/.test(host) || !host.includes('.')) return failed(id, say('public_url.not_domain', { host }), say('public_url.fix'));
  if (port !== '') return failed(id, say('public_url.with_port', { url }), say('public_url.no_port'));
  return ok(id, raw(url));
}

export function checkAuditLog({ store }: Findings): Check {
  const id = 'audit_log';
  if (store === null) return unknown(id, say('because.database'), null);
  const { checked, faults } = store.audit;
  const [first, ...more] = faults;
  if (first === undefined) return ok(id, say('audit_log.ok', { n: checked }));
  return failed(
    id,
    say('audit_log.broken', { n: faults.length, first: faultSentence(first) }),
    say('audit_log.fix'),
    more.slice(0, 19).map((fault) => say('raw', { text: faultSentence(fault) })),
  );
}

/** What WeCom compares times with: signatures and callbacks that are minutes off look like replays. */
const toleratedSeconds = 300;

export function checkClock({ clockAheadSeconds: ahead }: Findings): Check {
  if (ahead === null) return unknown('clock', say('clock.because_silent'), say('clock.look'));
  const off = Math.round(Math.abs(ahead));
  if (off <= toleratedSeconds) return ok('clock', off <= 2 ? say('clock.same') : say('clock.near', { n: off }));
  const n = Math.round(off / 60);
  return failed('clock', ahead > 0 ? say('clock.ahead', { n }) : say('clock.behind', { n }), say('clock.fix'));
}
