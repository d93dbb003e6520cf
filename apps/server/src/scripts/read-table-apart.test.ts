import { expect, test } from 'vitest';
import { readTable } from './read-table.ts';
import { readTableApart } from './read-table-apart.ts';
import { writeTable } from './write-table.ts';

const never = new AbortController().signal;
const rows = Array.from({ length: 450 }, (_, n) => [`第 ${n} 条`, n % 3 === 0 ? '' : `消息 ${n}`]);
const threads = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort' || name === 'Worker').length;

test('a table is the same when another thread has read it, in either format', async () => {
  for (const format of ['xlsx', 'csv'] as const) {
    const bytes = await writeTable(format, ['标题', '消息1'], rows);
    expect(await readTableApart(bytes, never)).toEqual(await readTable(bytes));
    // The caller's bytes are still the caller's.
    expect(bytes.length).toBeGreaterThan(0);
  }
});

test('what cannot be read is told in the same words, and leaves no thread behind', async () => {
  const before = threads();
  await expect(readTableApart(Buffer.from('PK\u0003\u0004 broken'), never)).rejects.toThrow('打不开');
  await expect(readTableApart(Buffer.alloc(0), never)).rejects.toThrow('文件是空的');
  expect(threads()).toBe(before);
});

test('stopped before or in the middle, it answers nothing and leaves no thread behind', async () => {
  const before = threads();
  const bytes = await writeTable('xlsx', ['标题', '消息1'], rows);
  expect(await readTableApart(bytes, AbortSignal.abort())).toBeNull();
  const stopping = new AbortController();
  const reading = readTableApart(bytes, stopping.signal);
  stopping.abort();
  expect(await reading).toBeNull();
  expect(threads()).toBe(before);
});
