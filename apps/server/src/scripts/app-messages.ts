import type { Part } from '@nextline/contract';
import type { AppMessageContent } from '@nextline/wecom';

/** WeCom cuts an app message's text behind this without a word. */
export const longestAppText = 2048;

/** A text in pieces of so many bytes, never within a letter, and at the end of a line where there is one in the second half. */
export function piecesOf(text: string, mostBytes: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let bytes = 0;
  const end = (at: number) => {
    pieces.push(piece.slice(0, at));
    piece = piece.slice(at);
    bytes = Buffer.byteLength(piece);
  };
  for (const letter of text) {
    const size = Buffer.byteLength(letter);
    if (bytes + size > mostBytes) {
      const line = piece.lastIndexOf('\n') + 1;
      end(line > piece.length / 2 ? line : piece.length);
    }
    piece += letter;
    bytes += size;
  }
  return piece === '' && pieces.length > 0 ? pieces : [...pieces, piece];
}

type At = { mediaId: string; publicUrl: string };

/** A part of a script as messages of the app to a member of staff: every kind there is, a mini-program as a card that opens its page. */
export function appMessagesOf(part: Part, { mediaId, publicUrl }: At): AppMessageContent[] {
  switch (part.kind) {
    case 'text':
      return piecesOf(part.text, longestAppText).map((content) => ({ kind: 'text', content }));
    case 'image':
    case 'video':
    case 'file':
      return [{ kind: part.kind, mediaId }];
    case 'link': {
      const { title, description, url, cover } = part;
      return [
        { kind: 'article', article: { title, description, url, ...(cover && { pictureUrl: `${publicUrl}/media/${cover.sha256}` }) } },
      ];
    }
    case 'miniprogram': {
      const { title, appId, page, cover } = part;
      return [{ kind: 'article', article: { title, appId, page, pictureUrl: `${publicUrl}/media/${cover.sha256}` } }];
    }
  }
}
