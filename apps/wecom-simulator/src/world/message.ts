/** A card of the app: an article, or a notice with rows of facts. */
export interface AppCard {
  title: string;
  description: string;
  /** Empty: it opens nothing, or a mini-program. */
  url: string;
  pictureUrl: string;
  rows: { key: string; value: string }[];
  /** What stands below the line, such as `详情`; empty: no line. */
  foot: string;
}

export type MessageBody =
  | { msgtype: 'text'; text: string }
  | { msgtype: 'image' | 'video' | 'file'; mediaId: string; url: string; fileName: string }
  | { msgtype: 'news'; news: { link: string; title: string; desc: string; imgUrl: string } }
  | { msgtype: 'miniprogram'; miniprogram: { appid: string; title: string; imgUrl: string; page: string } }
  /** Sent by the app only, one above the other. */
  | { msgtype: 'cards'; cards: AppCard[] }
  | { msgtype: 'system'; text: string };

export type Message = MessageBody & {
  id: string;
  from: 'staff' | 'customer' | 'app';
  /** Who exactly: a staff userid, an external_userid or the app's id. */
  sender: string;
  at: number;
  /** How it came here: typed by hand, put there by the sidebar, or by the API (welcome message, message of the app). */
  via: 'hand' | 'sidebar' | 'api';
  /** False when the customer had deleted the staff member: it stands in the chat and never arrived. */
  delivered: boolean;
};
