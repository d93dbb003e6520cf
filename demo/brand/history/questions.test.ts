import { expect, test } from 'vitest';
import { seasonOf } from '../season.ts';
import { brandScripts } from '../scripts/library.ts';
import { questions } from './questions.ts';

const scripts = new Map(brandScripts(seasonOf(new Date('2026-11-22T04:00:00Z'))).map((script) => [script.scriptId, script.draft]));

test('what customers ask holds a word by which its answer is found', () => {
  for (const { text, scriptId } of questions)
    expect(
      scripts.get(scriptId)?.fit?.answers?.some((word) => text.includes(word)),
      `${text} → ${scriptId}`,
    ).toBe(true);
});
