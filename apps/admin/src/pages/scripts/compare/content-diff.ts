import type { Part, PartKind, ScriptContent } from '@nextline/contract';
import { alignParts, movedParts } from './align-parts.ts';
import { diffText, type DiffRun } from './text-diff.ts';

/** The fields of a part that can be read and compared. A media field is compared by its content, and read by its file name. */
export type PartField = 'text' | 'title' | 'description' | 'url' | 'page' | 'appId' | 'media' | 'cover';
export type FieldChange = { field: PartField; runs: DiffRun[] };
export type PartChange = {
  change: 'same' | 'changed' | 'added' | 'removed';
  moved: boolean;
  kind: PartKind;
  /** Its number in the newer content, from 1; for a removed part its number in the older one. */
  number: number;
  fields: FieldChange[];
};
export const settings = [
  'title',
  'folder',
  'keywords',
  'purpose',
  'audience',
  'stages',
  'tags',
  'season',
  'answers',
  'timing',
  'validity',
  'defaults',
] as const;
export type Setting = (typeof settings)[number];
export type SettingChange = { setting: Setting; runs: DiffRun[] };
export type ContentDiff = { parts: PartChange[]; settings: SettingChange[] };

type Readable = { field: PartField; words: string; identity: string };

const plain = (field: PartField, words: string): Readable => ({ field, words, identity: words });

function readableFields(part: Part): Readable[] {
  if (part.kind === 'text') return [plain('text', part.text)];
  if (part.kind === 'link')
    return [
      plain('title', part.title),
      plain('description', part.description),
      plain('url', part.url),
      { field: 'cover', words: part.cover?.fileName ?? '', identity: part.cover?.sha256 ?? '' },
    ];
  if (part.kind === 'miniprogram')
    return [
      plain('title', part.title),
      plain('appId', part.appId),
      plain('page', part.page),
      { field: 'cover', words: part.cover.fileName, identity: part.cover.sha256 },
    ];
  return [{ field: 'media', words: part.media.fileName, identity: part.media.sha256 }];
}

/** Two files of the same name are still two files: both names are shown, the old one crossed out. */
function fieldRuns(before: Readable, after: Readable): DiffRun[] {
  return before.field === 'text' ? diffText(before.words, after.words) : whole(before.words, after.words);
}

function whole(before: string, after: string): DiffRun[] {
  const runs: DiffRun[] = [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ];
  return runs.filter((run) => run.text !== '');
}

function changedFields(before: Part | null, after: Part | null): FieldChange[] {
  const old = before ? readableFields(before) : [];
  const now = after ? readableFields(after) : [];
  const fields = (after ? now : old).map(({ field }) => field);
  return fields.flatMap((field): FieldChange[] => {
    const empty: Readable = { field, words: '', identity: '' };
    const left = old.find((one) => one.field === field) ?? empty;
    const right = now.find((one) => one.field === field) ?? empty;
    return left.identity === right.identity ? [] : [{ field, runs: fieldRuns(left, right) }];
  });
}

/** How a setting reads in words, e.g. stage names for stage ids; '' for one that is not set. */
export type SettingWords = (content: ScriptContent) => Readonly<Record<Setting, string>>;

/** What differs between two contents, part by part and setting by setting. */
export function diffContent(before: ScriptContent, after: ScriptContent, settingWords: SettingWords): ContentDiff {
  const pairs = alignParts(before.parts, after.parts);
  const moved = movedParts(pairs);
  const parts = pairs.map((pair): PartChange => {
    const fields = changedFields(pair.before, pair.after);
    return {
      change: !pair.before ? 'added' : !pair.after ? 'removed' : fields.length > 0 ? 'changed' : 'same',
      moved: moved.has(pair),
      kind: (pair.after ?? pair.before)?.kind ?? 'text',
      number: (pair.to ?? pair.from ?? 0) + 1,
      fields,
    };
  });
  const old = settingWords(before);
  const now = settingWords(after);
  return {
    parts,
    settings: settings.flatMap((setting): SettingChange[] =>
      old[setting] === now[setting]
        ? []
        : [{ setting, runs: setting === 'title' ? diffText(old.title, now.title) : whole(old[setting], now[setting]) }],
    ),
  };
}
