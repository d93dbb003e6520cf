/** Chinese and pinyin search over scripts and tags, in the page and without a server. */
export { createScriptIndex, createScriptIndexInSlices, type ScriptIndex, type SearchOptions } from './script-index.ts';
export type { ScriptHit, SearchableScript, Via } from './searchable-script.ts';
export { createTagMatcher, type MatchableTag, type TagMatch } from './tag-matcher.ts';
