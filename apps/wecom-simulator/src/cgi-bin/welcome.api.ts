import { z } from 'zod';
import { livingMedia, type MediaType } from '../media.ts';
import type { Simulator } from '../simulator.ts';
import { conversation } from '../world/conversations.ts';
import { post } from '../world/relations.ts';
import type { MessageBody } from '../world/message.ts';
import { readBody, type Api } from './api.ts';
import { WeComError } from './wecom-error.ts';

const bytes = (most: number) => z.string().refine((text) => Buffer.byteLength(text) <= most, `longer than ${most} bytes`);
const media = z.object({ media_id: z.string() });

const attachment = z.discriminatedUnion('msgtype', [
  z.object({ msgtype: z.literal('image'), image: z.object({ media_id: z.string().optional(), pic_url: z.string().optional() }) }),
  z.object({
    msgtype: z.literal('link'),
    link: z.object({ title: bytes(128), picurl: bytes(2048).optional(), desc: bytes(512).optional(), url: bytes(2048) }),
  }),
  z.object({
    msgtype: z.literal('miniprogram'),
    miniprogram: z.object({ title: bytes(64), pic_media_id: z.string(), appid: z.string(), page: z.string() }),
  }),
  z.object({ msgtype: z.literal('video'), video: media }),
  z.object({ msgtype: z.literal('file'), file: media }),
]);

const welcomeBody = z.object({
  welcome_code: z.string(),
  text: z.object({ content: bytes(4000).default('') }).optional(),
  attachments: z.array(attachment).max(9).default([]),
});

export const welcomeApis: Api[] = [
  {
    /**
     * `{welcome_code, text{content ≤ 4000 B}, attachments ≤ 9}`. The code lives 20 s and works once. 41050 unknown or too late,
     * 41051 used or they already chat, 40007 a dead media id, 40058 nothing to say or too much.
     */
    method: 'POST',
    path: 'externalcontact/send_welcome_msg',
    customerContact: true,
    handle(sim, request) {
      const body = readBody(welcomeBody, request);
      const text = body.text?.content ?? '';
      if (text === '' && body.attachments.length === 0) throw new WeComError(40058, { detail: 'text' });
      const code = sim.issued.welcomeCodes.get(body.welcome_code);
      if (!code || code.expiresAt <= sim.clock.now()) throw new WeComError(41050);
      if (code.used || chatting(sim, code)) throw new WeComError(41051);
      const parts = body.attachments.map((one) => bodyOf(sim, one));
      code.used = true;
      const chat = { staff: code.staff, chat: code.externalUserid };
      if (text !== '') parts.unshift({ msgtype: 'text', text });
      for (const part of parts) post(sim, chat, part, 'staff', code.staff, 'api');
      return {};
    },
  },
];

/** Either side has written since they became friends. */
function chatting(sim: Simulator, pair: { staff: string; externalUserid: string }): boolean {
  const messages = conversation(sim.world, pair.staff, pair.externalUserid);
  return messages.slice(messages.findLastIndex((message) => message.msgtype === 'system') + 1).length > 0;
}

function bodyOf(sim: Simulator, one: z.infer<typeof attachment>): MessageBody {
  if (one.msgtype === 'link') {
    return {
      msgtype: 'news',
      news: { link: one.link.url, title: one.link.title, desc: one.link.desc ?? '', imgUrl: one.link.picurl ?? '' },
    };
  }
  if (one.msgtype === 'miniprogram') {
    const { title, appid, page, pic_media_id: picture } = one.miniprogram;
    return { msgtype: 'miniprogram', miniprogram: { appid, title, page, imgUrl: mediaBody(sim, picture, 'image').url } };
  }
  if (one.msgtype === 'video') return mediaBody(sim, one.video.media_id, 'video');
  if (one.msgtype === 'file') return mediaBody(sim, one.file.media_id, 'file');
  if (one.image.media_id !== undefined) return mediaBody(sim, one.image.media_id, 'image');
  if (one.image.pic_url === undefined) throw new WeComError(40058, { detail: 'image' });
  return { msgtype: 'image', mediaId: '', url: one.image.pic_url, fileName: '' };
}

function mediaBody(
  sim: Simulator,
  mediaId: string,
  type: MediaType,
): { msgtype: 'image' | 'video' | 'file'; mediaId: string; url: string; fileName: string } {
  const kept = livingMedia(sim, mediaId);
  if (!kept || kept.type !== type || type === 'voice') throw new WeComError(40007);
  return { msgtype: type, mediaId, url: `/_sim/media/${mediaId}`, fileName: kept.fileName };
}
