import type { AppEvent } from './callback-event-kinds.ts';
import { EventFields } from './callback-fields.ts';

/** Events about the app itself and its cards. Null when the event is one we do not know. */
export function readAppEvent(event: string, fields: EventFields): AppEvent | null {
  const sender = () => ({ userId: fields.required('FromUserName') });
  switch (event) {
    case 'subscribe':
      return { kind: 'app.subscribed', ...sender() };
    case 'unsubscribe':
      return { kind: 'app.unsubscribed', ...sender() };
    case 'enter_agent':
      return { kind: 'app.entered', ...sender() };
    case 'template_card_event':
      return { kind: 'card.clicked', ...sender(), ...card(fields) };
    case 'template_card_menu_event':
      return { kind: 'card.menuClicked', ...sender(), ...card(fields) };
    case 'inactive_alert':
      return { kind: 'app.inactiveAlert', effectiveAt: fields.instant('EffectTime') };
    case 'close_inactive_agent':
      return { kind: 'app.closedAsInactive' };
    case 'reopen_inactive_agent':
      return { kind: 'app.reopened' };
    case 'low_active_alert':
      return { kind: 'app.lowActiveAlert' };
    case 'low_active':
      return { kind: 'app.lowActive' };
    case 'active_restored':
      return { kind: 'app.activeRestored' };
    case 'msgaudit_notify':
      return { kind: 'archive.newMessages' };
    case 'kf_msg_or_event':
      return { kind: 'customerService.newMessages', token: fields.required('Token'), openKfId: fields.required('OpenKfId') };
    default:
      return null;
  }
}

function card(fields: EventFields) {
  return {
    key: fields.text('EventKey'),
    taskId: fields.optional('TaskId'),
    cardType: fields.optional('CardType'),
    responseCode: fields.optional('ResponseCode'),
    selected: fields.children('SelectedItems', 'SelectedItem').flatMap((item) => {
      if (typeof item === 'string' || Array.isArray(item)) return [];
      const answer = new EventFields(item);
      return [{ question: answer.text('QuestionKey'), optionIds: answer.texts('OptionIds', 'OptionId') }];
    }),
  };
}
