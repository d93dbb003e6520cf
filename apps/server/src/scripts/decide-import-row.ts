import { createHash } from 'node:crypto';
import type { ImportRow, ScriptContent, ScriptImport, ScriptStatus } from '@nextline/contract';
import type { Finding } from './check-script.ts';
import { sameContent } from './script-content.ts';
import { columnOfField, type Problem, type ReadScript } from './script-table.ts';

export type ImportDecision = { outcome: ImportRow['outcome']; problems: Problem[] };

type Existing = {
  content: ScriptContent;
  status: ScriptStatus;
  inReview: boolean;
  /** Guides have it, or had it. */
  published: boolean;
  /** Of a guide who is not the one that imports. */
  anothers: boolean;
} | null;
type Facts = {
  mode: ScriptImport['mode'];
  existing: Existing;
  /** The key belongs to a script that this person does not find. */
  taken: boolean;
  /** The line above that has the same key. */
  twin: number | null;
  findings: readonly Finding[];
};

const goesOnline = (status: ScriptStatus | null) => status === 'published' || status === 'review';

const refused = (...why: Problem[]): ImportDecision => ({ outcome: 'refused', problems: why });

/** What a line would do, and why not. A draft may be unfinished; what is to be published must be ready. */
export function decideImportRow(
  { content, status, problems }: ReadScript,
  { mode, existing, taken, twin, findings }: Facts,
): ImportDecision {
  if (twin !== null)
    return refused({ column: '编号', sentence: { 'zh-CN': `第 ${twin} 行已经用了这个编号。`, en: `Row ${twin} already has this id.` } });
  if (problems.length > 0) return refused(...problems);
  if (taken)
    return refused({
      column: '编号',
      sentence: { 'zh-CN': '这个编号别处用了，换一个。', en: 'This id is in use elsewhere. Choose another one.' },
    });
  const told = findings.filter(({ level }) => level === 'error').map(({ field, sentence }) => ({ column: columnOfField(field), sentence }));
  const standsSo =
    existing !== null && (status === null || status === existing.status || (status === 'published' && existing.status === 'review'));
  if (existing !== null && standsSo && sameContent(existing.content, content)) return { outcome: 'same', problems: [] };
  if (existing !== null && mode === 'add')
    return refused({
      column: '编号',
      sentence: {
        'zh-CN': '已经有这个编号了。要改它，选「更新已有的」再导入。',
        en: 'This id is there already. To change that script, import again with “Update existing ones”.',
      },
    });
  if (existing?.inReview)
    return refused({
      column: '编号',
      sentence: { 'zh-CN': '这条正在审核，先撤回再改。', en: 'This one is in review. Take it back before you change it.' },
    });
  // What headquarters wrote for her and nobody passed yet is not hers yet.
  if (existing?.anothers && existing.published)
    return refused({
      column: '编号',
      sentence: { 'zh-CN': '这条是别人自己的话术，只有本人能改。', en: 'This is somebody’s own script: only its owner changes it.' },
    });
  if (existing !== null && status === 'retired' && !existing.published)
    return refused({
      column: '状态',
      sentence: { 'zh-CN': '这条还没发布过，不能下线。', en: 'This one was never published, so it cannot be retired.' },
    });
  if (told.length > 0 && goesOnline(status)) return refused(...told);
  return { outcome: existing === null ? 'new' : 'changed', problems: told };
}

/** The id of a folder that an import makes: the same path is the same folder, however often the line is read. */
export const idOfNewFolder = (corpId: string, path: readonly string[]): string =>
  `folder-${createHash('sha256')
    .update(JSON.stringify([corpId, ...path]))
    .digest('hex')
    .slice(0, 24)}`;

/** The id of a script that comes without a key: the same line of the same import is the same script. */
export const idOfNewScript = (importId: string, row: number): string =>
  `import-${createHash('sha256').update(`${importId} ${row}`).digest('hex').slice(0, 24)}`;
