import type { MediaRef } from '@nextline/contract';
import type { Queryable } from '../../../apps/server/src/database.ts';
import { storeMedia } from '../../../apps/server/src/scripts/store-media.ts';
import { type FilmName, films } from './films.ts';
import { stillVideo } from './h264.ts';
import { encodeMp4 } from './mp4.ts';
import { type PaperName, papers } from './papers.ts';
import { encodePdf } from './pdf.ts';
import { type PictureName, pictures } from './pictures.ts';
import { encodePng } from './png.ts';

export type BrandFiles = {
  pictures: Record<PictureName, MediaRef>;
  films: Record<FilmName, MediaRef>;
  papers: Record<PaperName, MediaRef>;
};

async function storeEach<Name extends string, Source extends { fileName: string }>(
  sources: Readonly<Record<Name, Source>>,
  make: (source: Source) => Buffer,
  store: (fileName: string, bytes: Buffer) => Promise<MediaRef>,
): Promise<Record<Name, MediaRef>> {
  const stored: Partial<Record<Name, MediaRef>> = {};
  for (const name in sources) stored[name] = await store(sources[name].fileName, make(sources[name]));
  return stored as Record<Name, MediaRef>;
}

/** Draws every picture, film and paper of the brand and keeps them as media. */
export async function storeBrandFiles(tx: Queryable, corpId: string, now: Date): Promise<BrandFiles> {
  const store = (fileName: string, bytes: Buffer) => storeMedia(tx, corpId, { fileName, bytes }, now);
  return {
    pictures: await storeEach(pictures, ({ draw }) => encodePng(draw()), store),
    films: await storeEach(films, ({ draw, seconds }) => encodeMp4(stillVideo(draw()), seconds), store),
    papers: await storeEach(papers, ({ title, lines }) => encodePdf(title, lines), store),
  };
}
