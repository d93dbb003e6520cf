import { messagesToOnePerson } from './call-budget.ts';
import type { CallWeCom } from './call-wecom.ts';
import { incomplete } from './errors.ts';
import { instantOfSeconds, text, textOrNull } from './lenient-reading.ts';
import type { AppArticle, AppMessage, AppMessageContent, WelcomeAttachment } from './requests.ts';
import type { WeCom } from './wecom.ts';
import {
  wecomPaths,
  type WireAppMessage,
  type WireAppMessageRequest,
  type WireArticle,
  type WireUploadedMedia,
  type WireWelcomeAttachment,
  type WireWelcomeRequest,
} from './wire-shapes.ts';

type MessageCalls = Pick<WeCom, 'uploadMedia' | 'sendAppMessage' | 'sendWelcome'>;

/** What goes out. A send whose outcome is unknown is never repeated; a file uploaded twice does no harm and dies in 3 days. */
export function messageCalls(call: CallWeCom, agentId: number): MessageCalls {
  return {
    async uploadMedia({ kind, fileName, bytes, contentType }) {
      const body = new FormData();
      body.set('media', new File([new Uint8Array(bytes)], fileName, { type: contentType }));
      const api = wecomPaths.uploadMedia;
      const answer = await call<WireUploadedMedia>({ api, query: { type: kind }, body, repeatable: true });
      const uploadedAt = instantOfSeconds(answer.created_at);
      const mediaId = text(answer.media_id);
      // Without them nobody could tell when the file dies, and a dead one fails only in the guide's hand.
      if (mediaId === '' || uploadedAt === null) throw incomplete(api, 'media_id or created_at');
      return { mediaId, uploadedAt };
    },

    async sendAppMessage(message) {
      const body = appMessageRequest(message, agentId);
      const answer = await call<WireAppMessage>({ api: wecomPaths.appMessage, body, repeatable: false, spends: slotsOf(message) });
      return {
        messageId: text(answer.msgid),
        invalidUserIds: joined(answer.invaliduser),
        invalidDepartmentIds: joined(answer.invalidparty),
        invalidTagIds: joined(answer.invalidtag),
        unlicensedUserIds: joined(answer.unlicenseduser),
        responseCode: textOrNull(answer.response_code),
      };
    },

    async sendWelcome({ welcomeCode, text: content, attachments }) {
      const body: WireWelcomeRequest = {
        welcome_code: welcomeCode,
        ...(content === undefined ? {} : { text: { content } }),
        ...(attachments === undefined ? {} : { attachments: attachments.map(welcomeAttachment) }),
      };
      await call({ api: wecomPaths.welcome, body, repeatable: false });
    },
  };
}

// Who is reached through a department or a tag only WeCom knows.
function slotsOf({ to }: AppMessage) {
  const people = to === 'everyone' ? [] : (to.userIds ?? []);
  // WeCom's user ids are the same in capitals.
  const receivers = new Set(people.map((userId) => userId.toLowerCase()));
  return [...receivers].map((userId) => ({ key: `${wecomPaths.appMessage} ${userId}`, budget: messagesToOnePerson }));
}

function joined(value: unknown): string[] {
  return text(value)
    .split('|')
    .filter((id) => id !== '');
}

function appMessageRequest({ to, message, dropDuplicatesForSeconds: seconds }: AppMessage, agentid: number): WireAppMessageRequest {
  const receivers =
    to === 'everyone'
      ? { touser: '@all' }
      : { touser: to.userIds?.join('|'), toparty: to.departmentIds?.join('|'), totag: to.tagIds?.join('|') };
  const duplicates = seconds === undefined ? {} : { enable_duplicate_check: 1 as const, duplicate_check_interval: seconds };
  return { ...receivers, agentid, ...duplicates, ...messageBody(message) };
}

function messageBody(message: AppMessageContent) {
  switch (message.kind) {
    case 'text':
      return { msgtype: 'text' as const, text: { content: message.content } };
    case 'markdown':
      return { msgtype: 'markdown' as const, markdown: { content: message.content } };
    case 'image':
      return { msgtype: 'image' as const, image: { media_id: message.mediaId } };
    case 'video':
      return { msgtype: 'video' as const, video: { media_id: message.mediaId } };
    case 'file':
      return { msgtype: 'file' as const, file: { media_id: message.mediaId } };
    case 'article':
      return { msgtype: 'news' as const, news: { articles: [articleOf(message.article)] } };
    case 'textcard': {
      const { title, description, url, buttonText } = message;
      return { msgtype: 'textcard' as const, textcard: { title, description, url, btntxt: buttonText } };
    }
    case 'template_card':
      return { msgtype: 'template_card' as const, template_card: message.card };
  }
}

function articleOf(article: AppArticle): WireArticle {
  const { title, description, pictureUrl: picurl } = article;
  const opens = 'url' in article ? { url: article.url } : { appid: article.appId, pagepath: article.page };
  return { title, description, picurl, ...opens };
}

function welcomeAttachment(part: WelcomeAttachment): WireWelcomeAttachment {
  switch (part.kind) {
    case 'image':
      return { msgtype: 'image', image: 'mediaId' in part ? { media_id: part.mediaId } : { pic_url: part.url } };
    case 'link':
      return { msgtype: 'link', link: { title: part.title, picurl: part.pictureUrl, desc: part.description, url: part.url } };
    case 'miniProgram': {
      const { title, pictureMediaId, appId, page } = part;
      return { msgtype: 'miniprogram', miniprogram: { title, pic_media_id: pictureMediaId, appid: appId, page } };
    }
    case 'video':
      return { msgtype: 'video', video: { media_id: part.mediaId } };
    case 'file':
      return { msgtype: 'file', file: { media_id: part.mediaId } };
  }
}
