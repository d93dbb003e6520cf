import type { StaffStatus } from '@nextline/wecom';
import type { Answer, ExpectedStaff, Findings, NotAsked, StaffFinding } from './findings.ts';
import type { WeComLine } from './wecom-line.ts';

export type WeComFindings = Pick<Findings, 'secret' | 'token' | 'agent' | 'followUsers' | 'staff' | 'corpTicket' | 'agentTicket' | 'media'>;

/** One by one, a person's patience long. */
const mostStaff = 100;

/** 1 × 1, white: the smallest picture that WeCom takes. It forgets it after three days. */
const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==', 'base64');

const nothingAsked = (secret: Answer<true>, why: NotAsked, staff: ExpectedStaff[]): WeComFindings => {
  const notAsked = { notAsked: why };
  const asked = staff.map((person) => ({ ...person, answer: notAsked }));
  return {
    secret,
    token: null,
    agent: notAsked,
    followUsers: notAsked,
    staff: { asked, leftOut: 0 },
    corpTicket: notAsked,
    agentTicket: notAsked,
    media: notAsked,
  };
};

/** The secret first. When it is refused, the rest is asked with the token that the server still keeps: one wrong secret hides nothing else. */
export async function askWeCom(
  line: WeComLine,
  known: { staff: ExpectedStaff[]; keptToken: { value: string; expiresAt: Date } | null; settingsWrong: boolean },
): Promise<WeComFindings> {
  const { staff, keptToken, settingsWrong } = known;
  const secret: Answer<true> = settingsWrong ? { notAsked: 'settings' } : await line.askToken();
  if ('silent' in secret) return nothingAsked(secret, 'wecom_away', staff);
  if (!('got' in secret)) {
    const isTurnedAway = 'refused' in secret && secret.refused === 60020;
    if (keptToken === null) return nothingAsked(secret, settingsWrong ? 'settings' : isTurnedAway ? 'address' : 'no_token', staff);
    await line.keepTo(keptToken);
  }
  // One after another: WeCom limits how many calls run at a time, and a gateway then takes turns in a way that one can follow.
  const agent = await line.ask((wecom) => wecom.agent());
  const followUsers = await line.ask((wecom) => wecom.followUsers());
  const corpTicket = await line.ask((wecom) => wecom.jsTicket('corp').then(() => true as const));
  const agentTicket = await line.ask((wecom) => wecom.jsTicket('agent').then(() => true as const));
  const media = await line.ask((wecom) =>
    wecom
      .uploadMedia({ kind: 'image', fileName: 'nextline-doctor.png', bytes: picture, contentType: 'image/png' })
      .then(() => true as const),
  );
  return {
    secret,
    token: 'got' in secret ? 'new' : 'kept',
    agent,
    followUsers,
    staff: await askStaff(line, staff, 'got' in followUsers ? followUsers.got : []),
    corpTicket,
    agentTicket,
    media,
  };
}

/** Whom WeCom's own list leaves out is asked about first: there the trouble is. */
async function askStaff(line: WeComLine, expected: ExpectedStaff[], following: string[]): Promise<Findings['staff']> {
  const listed = new Set(following);
  const known = new Set(expected.map((person) => person.staffUserId));
  const strangers = following.filter((staffUserId) => !known.has(staffUserId)).map((staffUserId) => ({ staffUserId, name: '' }));
  const everybody = [
    ...expected.filter((person) => !listed.has(person.staffUserId)),
    ...expected.filter((person) => listed.has(person.staffUserId)),
    ...strangers,
  ];
  const asked: StaffFinding[] = [];
  for (const person of everybody.slice(0, mostStaff)) {
    // When no address of ours is let in, a hundred more refusals would say nothing new.
    const answer: Answer<StaffStatus> =
      line.refusedAddresses().length > 0 && !line.addressPassed()
        ? { refused: 60020, said: '' }
        : await line.ask((wecom) => wecom.staff(person.staffUserId).then((member) => member.status));
    asked.push({ ...person, answer });
  }
  return { asked, leftOut: Math.max(0, everybody.length - mostStaff) };
}
