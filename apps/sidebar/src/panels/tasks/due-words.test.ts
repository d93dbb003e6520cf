import type { Task } from '@nextline/contract';
import { expect, test } from 'vitest';
import { dueWords, inOrder } from './due-words.ts';

const zone = 'Asia/Shanghai';
const now = new Date('2026-06-09T06:32:00Z'); // Tuesday 14:32

const words = (dueAt: string, kind: Task['kind'] = 'follow_up') => dueWords({ dueAt, kind }, now, zone);
const task = (taskId: string, externalUserId: string, dueAt: string): Task => ({
  taskId,
  externalUserId,
  customerName: '',
  title: '',
  scriptId: null,
  dueAt,
  status: 'open',
  kind: 'reminder',
});

test('what is due is said from today', () => {
  expect(words('2026-06-09T10:00:00Z')).toEqual({ text: '今天 18:00 前', overdue: false });
  expect(words('2026-06-10T02:00:00Z')).toEqual({ text: '明天 10:00 前', overdue: false });
  expect(words('2026-06-09T06:00:00Z')).toEqual({ text: '今天 14:00 到点了', overdue: true });
  expect(words('2026-06-07T16:30:00Z')).toEqual({ text: '过期 1 天', overdue: true });
});

test('a reminder comes at its time, it is not to be done before', () => {
  expect(words('2026-06-09T10:00:00Z', 'reminder')).toEqual({ text: '今天 18:00 提醒', overdue: false });
  expect(words('2026-06-12T02:00:00Z', 'reminder')).toEqual({ text: '周五 10:00 提醒', overdue: false });
  expect(words('2026-06-09T06:00:00Z', 'reminder')).toEqual({ text: '今天 14:00 到点了', overdue: true });
});

test('overdue first, and of two at the same time the one for the open chat', () => {
  const tasks = [
    task('later', 'a', '2026-06-10T02:00:00Z'),
    task('other', 'b', '2026-06-09T10:00:00Z'),
    task('here', 'a', '2026-06-09T10:00:00Z'),
    task('overdue', 'b', '2026-06-01T10:00:00Z'),
  ];
  expect(inOrder(tasks, 'a').map(({ taskId }) => taskId)).toEqual(['overdue', 'here', 'other', 'later']);
});
