import type { Findings } from './findings.ts';
import { type Check, say } from './say.ts';
import { codeOf, failed, keptFrom, ok, quote, undecided, unknown } from './words.ts';

export function checkSignInDomain({ agent, publicUrl, signInRefused }: Findings): Check {
  const id = 'sign_in_domain';
  if (publicUrl === null) return unknown(id, say('because.settings'), say('public_url.set'));
  const { host } = new URL(publicUrl);
  const place = say('place.domain');
  const fix = say('sign_in_domain.fix', { place, host });
  if ('got' in agent) {
    const { signInDomain: set } = agent.got;
    if (set === host) return ok(id, say('sign_in_domain.ok', { host }));
    return failed(id, set === '' ? say('sign_in_domain.unset', { host }) : say('sign_in_domain.other', { set, host }), fix);
  }
  if (signInRefused) return failed(id, say('sign_in_domain.refused', { host }), fix);
  return unknown(id, keptFrom(agent) ?? say('sign_in_domain.because_unread'), say('sign_in_domain.look', { place, host }));
}

/** Only WeCom's client compares the page with this list, so a server can learn of it only from what has worked. */
export function checkJsDomain({ publicUrl, store }: Findings): Check {
  if (store?.sentFromSidebarLately) return ok('js_domain', say('js_domain.ok'));
  const host = publicUrl === null ? say('js_domain.our_host') : new URL(publicUrl).host;
  return undecided('js_domain', say('js_domain.unknown'), say('js_domain.look', { place: say('place.domain'), host }));
}

export function checkVerifyFile({ verifyFile, publicUrl }: Findings): Check[] {
  if (verifyFile === null) return [];
  const { name, found } = verifyFile;
  if (found === null) return [unknown('verify_file', say('verify_file.because_away'), say('verify_file.first'))];
  if (found) return [ok('verify_file', say('verify_file.ok', { name }))];
  return [failed('verify_file', say('verify_file.missing', { url: publicUrl ?? '', name }), say('verify_file.fix'))];
}

export function checkCallbackUrl({ callback, publicUrl }: Findings): Check {
  const id = 'callback_url';
  const url = `${publicUrl ?? 'PUBLIC_URL'}/wecom/callback`;
  switch (callback.kind) {
    case 'not_asked':
      return unknown(id, say('because.settings'), say('callback_url.set'));
    case 'silent':
      return failed(id, say('callback_url.silent', { url }), say('callback_url.proxy'), [say('raw', { text: callback.reason })]);
    case 'refused': {
      const { status } = callback;
      return status === 401 || status === 400
        ? failed(id, say('callback_url.other_key', { url, status }), say('callback_url.same_key'))
        : failed(id, say('callback_url.foreign', { url, status }), say('callback_url.proxy'));
    }
    case 'stale':
      return failed(id, say('callback_url.stale', { url }), say('clock.fix'));
    case 'wrong_text':
      return failed(id, say('callback_url.wrong_text', { url }), say('callback_url.as_it_is'));
    case 'answered': {
      const { ms } = callback;
      if (ms > 1000) return failed(id, say('callback_url.slow', { url, ms }), say('callback_url.speed'));
      return ok(id, say('callback_url.ok', { ms }), [say('callback_url.enter', { url, place: say('place.callback') })]);
    }
  }
}

/** What waits for an answer of WeCom's is asked for again within seconds. */
const longWaitSeconds = 300;

export function checkCallbackArrivals({ store }: Findings): Check {
  const id = 'callback_arrivals';
  if (store === null) return unknown(id, say('because.database'), null);
  const { lastCallbackAt, inbox } = store;
  if (lastCallbackAt === null)
    return undecided(id, say('callback_arrivals.none'), say('callback_arrivals.look', { place: say('place.callback') }));
  const at = inShanghai(lastCallbackAt);
  if (inbox.oldestSeconds > longWaitSeconds) {
    const minutes = Math.round(inbox.oldestSeconds / 60);
    return failed(id, say('callback_arrivals.waiting', { at, n: inbox.waiting, minutes }), say('callback_arrivals.work'));
  }
  if (inbox.dead > 0) return undecided(id, say('callback_arrivals.dead', { at, n: inbox.dead }), say('callback_arrivals.replay'));
  return ok(id, say('callback_arrivals.ok', { at }));
}

const inShanghai = (at: Date) =>
  new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' }).format(at);

const tickets = { corpTicket: 'corp_ticket', agentTicket: 'agent_ticket' } as const;

export function checkTicket(findings: Findings, which: 'corpTicket' | 'agentTicket'): Check {
  const id = tickets[which];
  const answer = findings[which];
  if ('got' in answer) return ok(id, say('ticket.ok'));
  const because = keptFrom(answer);
  if (because !== null) return unknown(id, because, null);
  return failed(id, say('ticket.refused', { code: codeOf(answer) }), say('ticket.fix', { place: say('place.app') }), quote(answer));
}

export function checkMediaUpload({ media, agent }: Findings): Check {
  const id = 'media_upload';
  const fix = say('media_upload.fix', { place: say('place.app') });
  if ('got' in media) return ok(id, say('media_upload.ok'));
  if ('silent' in media && 'got' in agent) return failed(id, say('media_upload.silent'), fix, quote(media));
  const because = keptFrom(media);
  if (because !== null) return unknown(id, because, null);
  return failed(id, say('media_upload.refused', { code: codeOf(media) }), fix, quote(media));
}
