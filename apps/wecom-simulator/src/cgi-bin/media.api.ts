import { z } from 'zod';
import { keepMedia, livingMedia, mediaRules } from '../media.ts';
import { seconds, type Api } from './api.ts';
import { WeComError } from './wecom-error.ts';

const mediaType = z.enum(['image', 'voice', 'video', 'file']);
const smallest = 6;

export const mediaApis: Api[] = [
  {
    /**
     * `?type`, multipart field `media` with a filename → `{type, media_id, created_at}`, alive for 3 days. 40004 type, 41005 no file,
     * 40006 too large (image 10 MB, voice 2, video 10, file 20) or not above 5 bytes, 40005 the content is something else.
     */
    method: 'POST',
    path: 'media/upload',
    handle(sim, { query, file }) {
      const type = mediaType.safeParse(query['type']);
      if (!type.success) throw new WeComError(40004);
      if (!file || file.name === '') throw new WeComError(41005);
      const rule = mediaRules[type.data];
      if (file.bytes.length < smallest || file.bytes.length > rule.maxBytes) throw new WeComError(40006);
      if (!rule.looksRight(file.bytes)) throw new WeComError(40005);
      const media = keepMedia(sim, { type: type.data, fileName: file.name, contentType: file.contentType, bytes: file.bytes });
      return { type: media.type, media_id: media.mediaId, created_at: String(seconds(media.createdAt)) };
    },
  },
  {
    /** `?media_id` → the file itself. 41006 none given, 40007 unknown or older than 3 days. */
    method: 'GET',
    path: 'media/get',
    handle(sim, { query }) {
      if (!query['media_id']) throw new WeComError(41006);
      const media = livingMedia(sim, query['media_id']);
      if (!media) throw new WeComError(40007);
      return { file: media.bytes, contentType: media.contentType, fileName: media.fileName };
    },
  },
];
