import type { MessageEvent } from './callback-event-kinds.ts';
import type { EventFields } from './callback-fields.ts';

/** What a staff member wrote to the app. Null when the message is of a type we do not know. */
export function readMessage(messageType: string, fields: EventFields): MessageEvent | null {
  const origin = () => ({ userId: fields.required('FromUserName'), messageId: fields.required('MsgId') });
  const media = () => ({ ...origin(), mediaId: fields.required('MediaId') });
  switch (messageType) {
    case 'text':
      return { kind: 'message.text', ...origin(), text: fields.text('Content') };
    case 'image':
      return { kind: 'message.image', ...media(), pictureUrl: fields.optional('PicUrl') };
    case 'voice':
      return { kind: 'message.voice', ...media() };
    case 'video':
      return { kind: 'message.video', ...media() };
    case 'location': {
      const latitude = fields.number('Location_X');
      const longitude = fields.number('Location_Y');
      if (latitude === null || longitude === null) return null;
      return { kind: 'message.location', ...origin(), latitude, longitude, label: fields.text('Label') };
    }
    case 'link': {
      const words = { title: fields.text('Title'), description: fields.text('Description'), url: fields.text('Url') };
      return { kind: 'message.link', ...origin(), ...words };
    }
    default:
      return null;
  }
}
