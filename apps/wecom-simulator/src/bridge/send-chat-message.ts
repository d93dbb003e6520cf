import { z } from 'zod';
import { livingMedia, type MediaType } from '../media.ts';
import type { Simulator } from '../simulator.ts';
import { post } from '../world/relations.ts';
import type { MessageBody } from '../world/message.ts';
import { ok, refuse, type BridgeFunction } from './bridge-call.ts';

const media = z.object({ mediaid: z.string() });
const content = z.discriminatedUnion('msgtype', [
  z.object({ msgtype: z.literal('text'), text: z.object({ content: z.string().min(1) }) }),
  z.object({ msgtype: z.literal('image'), image: media }),
  z.object({ msgtype: z.literal('video'), video: media }),
  z.object({ msgtype: z.literal('file'), file: media }),
  z.object({
    msgtype: z.literal('news'),
    news: z.object({ link: z.string(), title: z.string().min(1), desc: z.string().default(''), imgUrl: z.string().default('') }),
  }),
  z.object({
    msgtype: z.literal('miniprogram'),
    miniprogram: z.object({ appid: z.string(), title: z.string().min(1), imgUrl: z.string(), page: z.string() }),
  }),
]);

/**
 * Puts one message into the chat beside the page. Refusals, in `err_msg`: the chat's (see the methods), `fail invalid msgtype`,
 * `fail invalid mediaid` (unknown, dead, or of another kind), `fail invalid imgUrl`, `fail invalid link`, `fail invalid page` (must end
 * in .html), `fail invalid appid` (not linked to the corp).
 */
export const sendChatMessage: BridgeFunction = (sim, call) => {
  const parsed = content.safeParse(call.params);
  if (!parsed.success) return refuse(call, 'fail invalid msgtype or content');
  const body = bodyOf(sim, parsed.data);
  if (typeof body === 'string') return refuse(call, `fail ${body}`);
  post(sim, { staff: call.staff, chat: call.chat ?? '' }, body, 'staff', call.staff, 'sidebar');
  return ok(call);
};

/** The message for the chat, or what is wrong with it. */
function bodyOf(sim: Simulator, sent: z.infer<typeof content>): MessageBody | string {
  if (sent.msgtype === 'text') return { msgtype: 'text', text: sent.text.content };
  if (sent.msgtype === 'image') return mediaBody(sim, 'image', sent.image.mediaid);
  if (sent.msgtype === 'video') return mediaBody(sim, 'video', sent.video.mediaid);
  if (sent.msgtype === 'file') return mediaBody(sim, 'file', sent.file.mediaid);
  if (sent.msgtype === 'news') {
    if (!isHttp(sent.news.link)) return 'invalid link';
    if (sent.news.imgUrl !== '' && !isHttp(sent.news.imgUrl)) return 'invalid imgUrl';
    return sent;
  }
  const { appid, imgUrl, page } = sent.miniprogram;
  const linked = sim.world.console.linkedMiniprograms;
  if (!/^wx[0-9a-z]{6,}$/i.test(appid) || (linked && !linked.includes(appid))) return 'invalid appid';
  if (!isHttp(imgUrl)) return 'invalid imgUrl';
  if (!page.split('?', 1)[0]?.endsWith('.html')) return 'invalid page';
  return sent;
}

function mediaBody(sim: Simulator, kind: Exclude<MediaType, 'voice'>, mediaId: string): MessageBody | string {
  const kept = livingMedia(sim, mediaId);
  if (!kept || kept.type !== kind) return 'invalid mediaid';
  return { msgtype: kind, mediaId, url: `/_sim/media/${mediaId}`, fileName: kept.fileName };
}

function isHttp(address: string): boolean {
  return URL.canParse(address) && ['http:', 'https:'].includes(new URL(address).protocol);
}
