import { z } from 'zod';
import type { Simulator } from '../simulator.ts';
import type { AppCard, MessageBody } from '../world/message.ts';

const words = z.string().catch('');
const article = z.looseObject({ title: words, description: words, url: words, picurl: words, appid: words });
const rows = z.array(z.object({ key: z.string(), value: z.string() })).catch([]);
const noTitle = { title: '', desc: '' };
const templateCard = z.looseObject({
  main_title: z.looseObject({ title: words, desc: words }).catch(noTitle),
  sub_title_text: words,
  horizontal_content_list: z.array(z.looseObject({ keyname: words, value: words })).catch([]),
  card_action: z.looseObject({ url: words }).catch({ url: '' }),
  card_image: z.looseObject({ url: words }).catch({ url: '' }),
});

/** What `message/send` was given, as the client draws it. Markdown and the links of a text stand there as they were written. */
export function drawAppMessage(sim: Simulator, msgtype: string, content: unknown): MessageBody {
  switch (msgtype) {
    case 'news':
      return {
        msgtype: 'cards',
        cards: z
          .object({ articles: z.array(article) })
          .parse(content)
          .articles.map(({ title, description, url, picurl, appid }) =>
            card({ title, description, pictureUrl: picurl, ...(appid === '' ? { url } : { foot: '小程序' }) }),
          ),
      };
    case 'textcard': {
      const { title, description, url, btntxt } = z
        .looseObject({ title: words, description: words, url: words, btntxt: words })
        .parse(content);
      return { msgtype: 'cards', cards: [card({ title, description: withoutTags(description), url, foot: btntxt || '详情' })] };
    }
    case 'miniprogram_notice': {
      const {
        title,
        description,
        content_item: facts,
      } = z.looseObject({ title: words, description: words, content_item: rows }).parse(content);
      return { msgtype: 'cards', cards: [card({ title, description, rows: facts, foot: '小程序' })] };
    }
    case 'template_card': {
      const {
        main_title: main,
        sub_title_text: sub,
        horizontal_content_list: facts,
        card_action: opens,
        card_image: picture,
      } = templateCard.parse(content);
      return {
        msgtype: 'cards',
        cards: [
          card({
            title: main.title || sub,
            description: main.title ? main.desc || sub : main.desc,
            url: opens.url,
            pictureUrl: picture.url,
            rows: facts.map(({ keyname, value }) => ({ key: keyname, value })),
          }),
        ],
      };
    }
    case 'text':
    case 'markdown':
      return { msgtype: 'text', text: z.object({ content: z.string() }).parse(content).content };
    default: {
      const { media_id: mediaId } = z.object({ media_id: z.string() }).parse(content);
      const kept = sim.issued.media.get(mediaId);
      const kind = msgtype === 'image' || msgtype === 'video' ? msgtype : 'file';
      return { msgtype: kind, mediaId, url: `/_sim/media/${mediaId}`, fileName: kept?.fileName ?? '' };
    }
  }
}

function card(given: Partial<AppCard> & { title: string }): AppCard {
  const { url = '', pictureUrl = '', ...rest } = given;
  return { description: '', rows: [], foot: '', ...rest, url: ifHttp(url), pictureUrl: ifHttp(pictureUrl) };
}

/** WeCom opens nothing else. */
const ifHttp = (address: string): string => (/^https?:$/.test(URL.canParse(address) ? new URL(address).protocol : '') ? address : '');

/** `<div class="gray">…</div>` colours a line. */
const withoutTags = (text: string): string =>
  text
    .replaceAll(/<br\s*\/?>|<\/div>\s*(?=<div)/g, '\n')
    .replaceAll(/<\/?div[^>]*>/g, '')
    .trim();
