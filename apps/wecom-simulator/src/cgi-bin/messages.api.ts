import { z } from 'zod';
import { livingMedia } from '../media.ts';
import type { Simulator } from '../simulator.ts';
import { appChat } from '../world/conversations.ts';
import { post } from '../world/relations.ts';
import { readBody, type Api } from './api.ts';
import { drawAppMessage } from './app-message.ts';
import { findStaff, isVisible } from './reach.ts';
import { WeComError } from './wecom-error.ts';

const head = z.looseObject({
  touser: z.string().default(''),
  toparty: z.string().default(''),
  totag: z.string().default(''),
  msgtype: z.string(),
  agentid: z.union([z.int(), z.string()]),
});

/** To one person; what goes beyond is accepted and never arrives. */
const deliveredPer = [
  { ms: 60_000, most: 30 },
  { ms: 3_600_000, most: 1_000 },
];
const longestText = 2_048;

/** What each msgtype needs; WeCom looks at nothing else. Lengths: title 128, description 512 characters, url 2048 bytes. */
const contents: Record<string, z.ZodType> = {
  text: z.object({ content: z.string().min(1) }),
  markdown: z.object({ content: z.string().min(1) }),
  textcard: z.object({
    title: z.string().min(1).max(128),
    description: z.string().min(1).max(512),
    url: z.string().min(1).max(2048),
    btntxt: z.string().max(4).optional(),
  }),
  news: z.object({
    articles: z
      .array(z.looseObject({ title: z.string().max(128) }))
      .min(1)
      .max(8),
  }),
  template_card: z.looseObject({
    card_type: z.enum(['text_notice', 'news_notice', 'button_interaction', 'vote_interaction', 'multiple_interaction']),
  }),
  image: z.object({ media_id: z.string() }),
  voice: z.object({ media_id: z.string() }),
  video: z.looseObject({ media_id: z.string() }),
  file: z.object({ media_id: z.string() }),
  miniprogram_notice: z.looseObject({ appid: z.string(), title: z.string() }),
};

export const messageApis: Api[] = [
  {
    /**
     * App message to staff: `{touser "a|b" or "@all", toparty, msgtype, agentid, …}` → `{msgid, invaliduser, invalidparty, invalidtag}`.
     * A text beyond 2048 bytes is cut; nobody gets more than 30 a minute and 1000 an hour, without a word about it. 40056 agent, 40008 msgtype, 44004 empty, 40007 dead media, 81013 nobody valid, 40058 more than 1000 people.
     */
    method: 'POST',
    path: 'message/send',
    handle(sim, request) {
      const body = readBody(head, request);
      if (String(body.agentid) !== sim.world.app.agentId) throw new WeComError(40056);
      const content = readContent(sim, body.msgtype, body[body.msgtype]);
      const { to, invalid } = receivers(sim, body);
      if (to.length === 0) throw new WeComError(81013);
      sim.world.sequence += 1;
      const id = `appmsg${sim.world.sequence}`;
      const at = sim.clock.now();
      const reached = to.filter((userid) => mayArrive(sim, userid, at));
      sim.world.appMessages.push({ id, to: reached, at, msgtype: body.msgtype, content });
      const drawn = drawAppMessage(sim, body.msgtype, content);
      for (const staff of reached) post(sim, { staff, chat: appChat(sim.world) }, drawn, 'app', sim.world.app.agentId, 'api');
      return { invaliduser: invalid.join('|').toLowerCase(), invalidparty: '', invalidtag: '', unlicenseduser: '', msgid: id };
    },
  },
];

function readContent(sim: Simulator, msgtype: string, value: unknown): unknown {
  const shape = Object.hasOwn(contents, msgtype) ? contents[msgtype] : undefined;
  if (!shape) throw new WeComError(40008);
  const content = shape.safeParse(value);
  if (!content.success) throw new WeComError(msgtype === 'text' || msgtype === 'markdown' ? 44004 : 40058, { detail: msgtype });
  const media = z.object({ media_id: z.string() }).safeParse(content.data);
  if (media.success && !livingMedia(sim, media.data.media_id)) throw new WeComError(40007);
  const words = z.object({ content: z.string() }).safeParse(content.data);
  return words.success ? { content: cutToBytes(words.data.content, longestText) } : content.data;
}

function mayArrive({ world }: Simulator, userid: string, at: number): boolean {
  const got = world.appMessages.filter(({ to }) => to.includes(userid));
  return deliveredPer.every(({ ms, most }) => got.filter((message) => at - message.at < ms).length < most);
}

/** Never in the middle of a letter. */
function cutToBytes(text: string, most: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= most) return text;
  let end = most;
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end).toString();
}

function receivers(sim: Simulator, body: z.infer<typeof head>): { to: string[]; invalid: string[] } {
  const visible = [...sim.world.staff.keys()].filter((userid) => isVisible(sim, userid));
  if (body.touser === '@all') return { to: visible, invalid: [] };
  const named = body.touser.split('|').filter((userid) => userid !== '');
  if (named.length > 1000) throw new WeComError(40058, { detail: 'touser' });
  const found = named.map((userid) => ({ userid, staff: findStaff(sim, userid) }));
  const ok = found.filter(({ staff }) => staff !== null && isVisible(sim, staff.userid));
  const parties = new Set(body.toparty.split('|'));
  const inParties = [...sim.world.staff.values()].filter(
    (staff) => visible.includes(staff.userid) && staff.departments.some((id) => parties.has(String(id))),
  );
  return {
    to: [...new Set([...ok.map(({ staff, userid }) => staff?.userid ?? userid), ...inParties.map((staff) => staff.userid)])],
    invalid: found.filter((one) => !ok.includes(one)).map(({ userid }) => userid),
  };
}
