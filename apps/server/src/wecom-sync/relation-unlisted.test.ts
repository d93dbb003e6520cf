import { expect, test } from 'vitest';
import { endOfUnlisted } from './relation-unlisted.ts';

const began = new Date('2026-05-01T00:00:00Z');
const later = new Date('2026-06-01T00:00:00Z');
const takeover = { addWay: 202, followedAt: later };

test('somebody whom WeCom would name, and does not, no longer follows her', () => {
  expect(endOfUnlisted({ followedAt: began, staff: 'listed' }, [])).toEqual({ by: 'staff' });
});

test('somebody hidden from the app is not named for that reason alone: nothing ends', () => {
  expect(endOfUnlisted({ followedAt: began, staff: 'hidden' }, [takeover])).toBeNull();
});

test('the customer of somebody who left waits to be assigned; once she is, the relation has passed on', () => {
  expect(endOfUnlisted({ followedAt: began, staff: 'left' }, [{ addWay: 1, followedAt: later }])).toBeNull();
  expect(endOfUnlisted({ followedAt: began, staff: 'left' }, [takeover])).toEqual({ by: 'transfer' });
});

test('an assignment from before the relation began is not its end', () => {
  expect(endOfUnlisted({ followedAt: later, staff: 'listed' }, [{ addWay: 202, followedAt: began }])).toEqual({ by: 'staff' });
});
