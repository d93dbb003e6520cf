import type { DoctorCheck } from '@nextline/contract';
import { aboutStaff } from '../wecom-sync/remember-answers.ts';
import type { Answer, Findings, StaffFinding } from './findings.ts';
import { lastTime, lastTimeInWords } from './last-time.ts';
import { failed, keptFrom, names, ok, places, unknown } from './words.ts';

const refusedWith = (code: number) => (person: StaffFinding) => 'refused' in person.answer && person.answer.refused === code;
const isVisible = (person: StaffFinding) => 'got' in person.answer;

/** Why WeCom's list of staff with customers is not there. */
const noList = (followUsers: Answer<string[]>) => keptFrom(followUsers) ?? '读不到跟客户的成员名单';

export function checkContactPermission({ followUsers, staff }: Findings): DoctorCheck {
  const subject = { id: 'contact_permission', title: '客户联系权限' } as const;
  if (!('got' in followUsers)) return unknown(subject, noList(followUsers), `核对导购都在${places.contact}里。`);
  const allowed = new Set(followUsers.got);
  if (allowed.size === 0)
    return failed(subject, '没有一位成员既能用客户联系、又在应用的可见范围里。', `把导购加进${places.contact}，也加进${places.visible}。`);
  const without = staff.asked.filter((person) => isVisible(person) && !allowed.has(person.staffUserId));
  if (without.length > 0) return failed(subject, `${names(without)}有客户，但没有客户联系权限。`, `把他们加进${places.contact}。`);
  return ok(subject, `${allowed.size} 位成员可以联系客户。`);
}

const visibleRange = { id: 'visible_range', title: '可见范围' } as const;

export function checkVisibleRange(findings: Findings): DoctorCheck {
  const { followUsers, staff } = findings;
  const subject = visibleRange;
  const outside = staff.asked.filter(refusedWith(60011));
  const left = staff.leftOut > 0 ? [`人太多，还有 ${staff.leftOut} 位没有逐个问。`] : [];
  if (outside.length > 0)
    return failed(
      subject,
      `应用看不到${names(outside)}（60011），他们的客户不会更新，侧边栏也打不开。`,
      `把他们加进${places.visible}。`,
      left,
    );
  const hidden = staff.asked.find((person) => keptFrom(person.answer) !== null);
  if (hidden) return whoWasVisible(findings, keptFrom(hidden.answer) ?? '');
  if (staff.asked.length === 0) return unknown(subject, noStaffBecause(followUsers), lookAtRange);
  const inactive = staff.asked.filter(({ answer }) => 'got' in answer && (answer.got === 'notActivated' || answer.got === 'disabled'));
  const asleep = inactive.length > 0 ? [`还没激活或已停用：${names(inactive)}`] : [];
  return ok(subject, `${staff.asked.filter(isVisible).length} 位成员都看得到。`, [...asleep, ...left]);
}

const lookAtRange = `核对导购所在的部门都在${places.visible}里。`;

/** Nobody can be asked about now: what was said of each the last time. */
function whoWasVisible(findings: Findings, hidden: string): DoctorCheck {
  const { staff } = findings;
  const then = staff.asked.flatMap((person) => {
    const last = lastTime(findings, aboutStaff(person.staffUserId));
    return last === null ? [] : [{ ...person, last }];
  });
  const outside = then.filter(({ last }) => last.errcode === 60011);
  const [first] = (outside.length > 0 ? outside : then).toSorted((a, b) => b.last.heardAt.getTime() - a.last.heardAt.getTime());
  const asked = [`要问的成员：${names(staff.asked)}`];
  if (first === undefined) return unknown(visibleRange, hidden, lookAtRange, asked);
  const when = lastTimeInWords(first.last, findings);
  if (outside.length === 0) return unknown(visibleRange, `${hidden}；${when}${then.length} 位成员都看得到`, lookAtRange, asked);
  const sentence = `现在测不到：${hidden}；${when}企业微信说应用看不到${names(outside)}（60011）。`;
  return failed(visibleRange, sentence, `把他们加进${places.visible}。`);
}

function noStaffBecause(followUsers: Answer<string[]>): string {
  return 'got' in followUsers ? '名单里还没有人' : noList(followUsers);
}

/** Nobody must do anything about it. */
const harmless = '还没有客户';

export function checkCustomerSync({ store }: Findings): DoctorCheck {
  const subject = { id: 'customer_sync', title: '客户同步' } as const;
  if (store === null) return unknown(subject, '数据库读不到', null);
  const { sync } = store;
  const unread = Object.entries(sync.reasons).filter(([, reason]) => reason !== harmless);
  const why = unread.slice(0, 20).map(([staffUserId, reason]) => `${staffUserId}：${reason}`);
  if (unread.length > 0)
    return failed(
      subject,
      `${unread.length} 位成员的客户读不到：${unread
        .slice(0, 8)
        .map(([staffUserId]) => staffUserId)
        .join('、')}。`,
      `看每位的原因：没有接口许可的要买许可，其他的核对${places.visible}和${places.contact}。`,
      why,
    );
  if (!sync.finished) {
    const progress = `第一次同步还没做完（${sync.staffDone}/${sync.staffTotal} 位成员）`;
    if (sync.failure === null) return unknown(subject, progress, '等它做完；进度在 /health/ready。');
    return failed(subject, `${progress}，上一步没成功。`, '按上面没通过的项改好，它会自己接着做。', [sync.failure]);
  }
  const empty = Object.keys(sync.reasons).length;
  return ok(
    subject,
    `${sync.staffTotal} 位成员都读过了。`,
    empty > 0 ? [`${empty} 位还没有客户：${Object.keys(sync.reasons).slice(0, 20).join('、')}`] : [],
  );
}
