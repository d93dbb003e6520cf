import { ourAddress, whoHasCustomers } from '../wecom-sync/remember-answers.ts';
import type { Findings } from './findings.ts';
import { lastTime, wasRefused, wasWell } from './last-time.ts';
import { type Check, say } from './say.ts';
import { codeOf, failed, keptFrom, ok, quote, undecided, unknown } from './words.ts';

export function checkSecret({ secret, token, secretAskedAgainAt }: Findings): Check {
  const place = say('place.secret');
  if ('got' in secret) return ok('secret', say('secret.ok'));
  if ('notAsked' in secret) return unknown('secret', say('because.settings'), say('secret.copy', { place }));
  const detail = [
    ...quote(secret),
    ...(token === 'kept' ? [say('secret.kept_token')] : []),
    ...(secretAskedAgainAt === null ? [] : [say('secret.waits')]),
  ];
  if ('silent' in secret) return failed('secret', say('secret.silent'), say('secret.silent_fix'), detail);
  // It was not even looked at.
  if (secret.refused === 60020) return unknown('secret', say('because.address'), null, detail);
  if (secret.refused === 45009) return failed('secret', say('secret.banned'), say('secret.copy_again', { place }), detail);
  if (secret.refused === 40013)
    return failed('secret', say('secret.no_corp'), say('secret.copy_corp', { place: say('place.corp') }), detail);
  if (secret.refused === 40001) return failed('secret', say('secret.refused'), say('secret.copy_again', { place }), detail);
  return failed('secret', say('secret.no_token', { code: secret.refused }), say('secret.compare', { place }), detail);
}

export function checkTrustedIp(findings: Findings): Check {
  const { refusedAddresses: addresses, addressPassed, agent } = findings;
  const place = say('place.trusted_ip');
  if (addresses.length > 0) {
    const sentence = addressPassed ? say('trusted_ip.some_refused', { addresses }) : say('trusted_ip.refused', { addresses });
    return failed('trusted_ip', sentence, say('trusted_ip.add', { addresses, place }));
  }
  if (addressPassed) return ok('trusted_ip', say('trusted_ip.ok'));
  const because = keptFrom(agent) ?? say('because.no_answer');
  const last = lastTime(findings, ourAddress);
  const look = say('trusted_ip.look', { place });
  if (last === null) return unknown('trusted_ip', because, look);
  if (last.errcode === 0) return undecided('trusted_ip', wasWell({ because, last, said: say('then.let_in') }, findings), look);
  const said = say('then.untrusted', { address: last.said });
  return failed('trusted_ip', wasRefused({ because, last, said }, findings), say('trusted_ip.add', { addresses: last.said, place }));
}

export function checkApp({ agent, agentId: id }: Findings): Check {
  const place = say('place.app');
  if ('got' in agent) {
    const { name, closed } = agent.got;
    return closed ? failed('app', say('app.closed', { name }), say('app.enable', { place })) : ok('app', say('app.ok', { name, id }));
  }
  const because = keptFrom(agent);
  if (because !== null) return unknown('app', because, say('app.look', { place }));
  return failed('app', say('app.other', { id, code: codeOf(agent) }), say('app.copy', { place }), quote(agent));
}

export function checkCallableApp(findings: Findings): Check {
  const { followUsers } = findings;
  const place = say('place.callable');
  const fix = say('callable_app.tick', { place });
  if ('got' in followUsers) return ok('callable_app', say('callable_app.ok'));
  if ('refused' in followUsers && followUsers.refused === 48002)
    return failed('callable_app', say('callable_app.missing'), fix, quote(followUsers));
  const because = keptFrom(followUsers);
  if (because === null) return failed('callable_app', say('callable_app.refused', { code: codeOf(followUsers) }), fix, quote(followUsers));
  const last = lastTime(findings, whoHasCustomers);
  const look = say('callable_app.look', { place });
  if (last === null) return unknown('callable_app', because, look);
  if (last.errcode === 0) return undecided('callable_app', wasWell({ because, last, said: say('then.well') }, findings), look);
  const said = last.errcode === 48002 ? say('then.not_callable') : say('then.unreadable');
  return failed('callable_app', wasRefused({ because, last, said }, findings), fix);
}
