import { expect, it } from 'vitest';
import { openSlots } from '../../notifications/sending-slots.ts';

it('a receiver that hangs holds up itself alone, and all of them together have an end', () => {
  const slots = openSlots({ perOrigin: 2, altogether: 3 });
  const leave = slots.enter('https://slow.example');
  expect(slots.enter('https://slow.example')).toBeDefined();
  expect(slots.enter('https://slow.example')).toBeUndefined();
  expect(slots.enter('https://other.example')).toBeDefined();
  expect(slots.enter('https://third.example')).toBeUndefined();
  leave?.();
  expect(slots.enter('https://third.example')).toBeDefined();
});
