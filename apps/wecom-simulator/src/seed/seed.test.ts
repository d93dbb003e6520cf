import { expect, test } from 'vitest';
import { avatarSvg } from '../avatars/avatar-svg.ts';
import { conversation } from '../world/conversations.ts';
import { seedWorld } from './seed.ts';

const now = Date.parse('2026-06-09T06:32:00Z');
const plant = (at = now, customers = 600) =>
  seedWorld({ seed: 7, now: at, callbackUrl: 'http://localhost/callback', trustedHosts: [], customers });

test('the same seed number on the same day gives the same people, ids and chats', () => {
  expect(plant()).toEqual(plant());
});

test('there are 3 regions, 6 stores with 4 guides and a manager each, 3 people at headquarters and 600 customers', () => {
  const world = plant();
  expect(world.departments.filter(({ id }) => id % 10 === 0)).toHaveLength(3);
  expect([...world.staff.values()].filter(({ position }) => position === '美容顾问')).toHaveLength(24);
  expect([...world.staff.values()].filter(({ position }) => position === '店长')).toHaveLength(6);
  expect(world.staff.size).toBe(33);
  expect(world.people.size).toBe(600);
  expect(new Set([...world.people.values()].map(({ name }) => name)).size).toBe(600);
});

test('the first customer of the first guide is 林小姐, whose question about sunscreen nobody has answered', () => {
  const world = plant();
  const [person] = world.people.values();
  const [follow] = world.follows.values();
  expect(person).toMatchObject({ name: 'Linda', gender: 2 });
  expect(follow).toMatchObject({ staff: 'zhouyining', remark: '林小姐', endedAt: null });
  const last = conversation(world, 'zhouyining', person?.externalUserid ?? '').at(-1);
  expect(last).toMatchObject({ from: 'customer', text: '想问下防晒能和精华叠着用吗？会不会搓泥' });
});

test('nothing was said before the pair met, after the start, or out of order', () => {
  for (const at of [now, Date.parse('2026-01-01T16:05:00Z')]) {
    const world = plant(at);
    for (const follow of world.follows.values()) {
      const messages = conversation(world, follow.staff, follow.externalUserid);
      const times = messages.map((message) => message.at);
      expect(Math.min(...times, at)).toBeGreaterThanOrEqual(follow.createdAt);
      expect(Math.max(...times, 0)).toBeLessThan(follow.endedAt ?? at);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
  }
});

test('every picture that somebody carries is drawn', () => {
  const world = plant();
  const carried = [...world.people.values(), ...world.staff.values()].map(({ avatar }) => avatar);
  expect(carried.filter((id) => avatarSvg(id) === null)).toEqual([]);
});

test('some customers are followed by two people, and some relations have ended', () => {
  const follows = [...plant().follows.values()];
  expect(follows.length).toBeGreaterThan(630);
  expect(follows.filter(({ endedBy }) => endedBy === 'customer').length).toBeGreaterThan(10);
});

test('a brand of 12,000 begins with the same people, each with a name of their own', () => {
  const [small, large] = [plant(), plant(now, 12_000)].map((world) => [...world.people.values()]);
  expect(large).toHaveLength(12_000);
  expect(large?.slice(0, 600)).toEqual(small);
  expect(new Set(large?.map((person) => person.name)).size).toBe(12_000);
}, 30_000);
