import { aboutStaff } from '../wecom-sync/remember-answers.ts';
import { hasLeft, isNoneYet, whyEmptyInWords } from '../wecom-sync/why-empty.ts';
import type { Answer, Findings, StaffFinding } from './findings.ts';
import { lastTime, wasRefused, wasWell } from './last-time.ts';
import { type Check, type Said, say } from './say.ts';
import { failed, keptFrom, names, ok, undecided, unknown } from './words.ts';

const refusedWith = (code: number) => (person: StaffFinding) => 'refused' in person.answer && person.answer.refused === code;
const isVisible = (person: StaffFinding) => 'got' in person.answer;

/** Why WeCom's list of staff with customers is not there. */
const noList = (followUsers: Answer<string[]>) => keptFrom(followUsers) ?? say('contact_permission.because_no_list');

export function checkContactPermission({ followUsers, staff }: Findings): Check {
  const id = 'contact_permission';
  const place = say('place.contact');
  if (!('got' in followUsers)) return unknown(id, noList(followUsers), say('contact_permission.look', { place }));
  const allowed = new Set(followUsers.got);
  if (allowed.size === 0)
    return failed(id, say('contact_permission.none'), say('contact_permission.add_all', { place, visible: say('place.visible') }));
  const without = staff.asked.filter((person) => isVisible(person) && !allowed.has(person.staffUserId));
  if (without.length > 0) return failed(id, say('contact_permission.without', { names: names(without) }), say('add_them', { place }));
  return ok(id, say('contact_permission.ok', { n: allowed.size }));
}

const visible = say('place.visible');
const lookAtRange = say('visible_range.look', { place: visible });
const addToRange = say('add_them', { place: visible });

export function checkVisibleRange(findings: Findings): Check {
  const { followUsers, staff } = findings;
  const outside = staff.asked.filter(refusedWith(60011));
  const left = staff.leftOut > 0 ? [say('visible_range.left_out', { n: staff.leftOut })] : [];
  if (outside.length > 0) return failed('visible_range', say('visible_range.outside', { names: names(outside) }), addToRange, left);
  const hidden = staff.asked.flatMap((person) => keptFrom(person.answer) ?? [])[0];
  if (hidden !== undefined) return whoWasVisible(findings, hidden);
  if (staff.asked.length === 0)
    return unknown('visible_range', 'got' in followUsers ? say('visible_range.because_nobody') : noList(followUsers), lookAtRange);
  const inactive = staff.asked.filter(({ answer }) => 'got' in answer && (answer.got === 'notActivated' || answer.got === 'disabled'));
  const asleep = inactive.length > 0 ? [say('visible_range.asleep', { names: names(inactive) })] : [];
  return ok('visible_range', say('visible_range.ok', { n: staff.asked.filter(isVisible).length }), [...asleep, ...left]);
}

/** Nobody can be asked about now: what was said of each the last time. */
function whoWasVisible(findings: Findings, because: Said): Check {
  const { staff } = findings;
  const then = staff.asked.flatMap((person) => {
    const last = lastTime(findings, aboutStaff(person.staffUserId));
    return last === null ? [] : [{ ...person, last }];
  });
  const outside = then.filter(({ last }) => last.errcode === 60011);
  const [first] = (outside.length > 0 ? outside : then).toSorted((a, b) => b.last.heardAt.getTime() - a.last.heardAt.getTime());
  const asked = [say('visible_range.asked', { names: names(staff.asked) })];
  if (first === undefined) return unknown('visible_range', because, lookAtRange, asked);
  const { last } = first;
  if (outside.length === 0)
    return undecided(
      'visible_range',
      wasWell({ because, last, said: say('then.visible', { n: then.length }) }, findings),
      lookAtRange,
      asked,
    );
  const said = say('then.invisible', { names: names(outside) });
  return failed('visible_range', wasRefused({ because, last, said }, findings), addToRange);
}

export function checkCustomerSync({ store }: Findings): Check {
  const id = 'customer_sync';
  if (store === null) return unknown(id, say('because.database'), null);
  const { sync } = store;
  const unread = Object.entries(sync.reasons).filter(([, reason]) => !isNoneYet(reason) && !hasLeft(reason));
  if (unread.length > 0)
    return failed(
      id,
      say('customer_sync.unread', { n: unread.length, names: unread.slice(0, 8).map(([staffUserId]) => staffUserId) }),
      say('customer_sync.fix', { visible, contact: say('place.contact') }),
      unread.slice(0, 20).map(([staffUserId, reason]) => say('customer_sync.why', { id: staffUserId, reason: whyEmptyInWords(reason) })),
    );
  if (!sync.finished) {
    const far = { done: sync.staffDone, total: sync.staffTotal };
    if (sync.failure === null) return unknown(id, say('customer_sync.because_under_way', far), say('customer_sync.wait'));
    return failed(id, say('customer_sync.stuck', far), say('customer_sync.repair'), [say('raw', { text: sync.failure })]);
  }
  const empty = Object.entries(sync.reasons).flatMap(([staffUserId, reason]) => (isNoneYet(reason) ? [staffUserId] : []));
  const detail = empty.length > 0 ? [say('customer_sync.empty', { n: empty.length, names: empty.slice(0, 20) })] : [];
  return ok(id, say('customer_sync.ok', { n: sync.staffTotal }), detail);
}
