import type { CallbackEvent, CallbackHead } from './callback-event-kinds.ts';
import { readAcquisitionEvent } from './callback-read-acquisition.ts';
import { readAppEvent } from './callback-read-app.ts';
import { readChatEvent, readCustomerEvent, readTagEvent } from './callback-read-customer.ts';
import { readContactEvent } from './callback-read-contact.ts';
import { EventFields, FieldMissing } from './callback-fields.ts';
import { readMessage } from './callback-read-message.ts';
import { readXml } from './callback-xml.ts';

/**
 * Reads a decrypted callback. An event that we do not know, or that lacks an id it should have, comes back as `unknown` with all its
 * fields. Throws CallbackRefused for text that is not WeCom's XML: too_large, doctype, xml.
 */
export function parseCallback(xml: string): CallbackEvent {
  const tree = readXml(xml);
  const fields = new EventFields(tree);
  const messageType = fields.text('MsgType');
  const head: CallbackHead = {
    corpId: fields.text('ToUserName'),
    event: messageType === 'event' ? fields.text('Event') : messageType,
    changeType: fields.optional('ChangeType'),
    occurredAt: fields.instant('CreateTime'),
    agentId: fields.optional('AgentID'),
  };
  try {
    const body = messageType === 'event' ? readEvent(head, fields) : readMessage(messageType, fields);
    if (body !== null) return { ...head, ...body };
  } catch (error) {
    if (!(error instanceof FieldMissing)) throw error;
  }
  return { ...head, kind: 'unknown', fields: tree };
}

function readEvent({ event, changeType }: CallbackHead, fields: EventFields) {
  switch (event) {
    case 'change_external_contact':
      return readCustomerEvent(changeType, fields);
    case 'change_external_chat':
      return readChatEvent(changeType, fields);
    case 'change_external_tag':
      return readTagEvent(changeType, fields);
    case 'customer_acquisition':
      return readAcquisitionEvent(changeType, fields);
    case 'change_contact':
      return readContactEvent(changeType, fields);
    default:
      return readAppEvent(event, fields);
  }
}
