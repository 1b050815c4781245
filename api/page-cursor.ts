// The place where a page ended, as callers hand it back: opaque to them, checked when it returns.
import { z } from '@hono/zod-openapi';
import type { Place } from '../store/page.ts';

const placeText = z.tuple([z.iso.datetime({ precision: 6 }), z.guid()]);

export function cursorOf({ created, id }: Place): string {
  return Buffer.from(`${created}/${id}`).toString('base64url');
}

function placeOf(cursor: string): Place | undefined {
  const { data } = placeText.safeParse(Buffer.from(cursor, 'base64url').toString('latin1').split('/'));
  if (data === undefined) return undefined;
  const [created, id] = data;
  // Base64 has more than one text for the same bytes; ours is one.
  return cursorOf({ created, id }) === cursor ? { created, id } : undefined;
}

export const Cursor = z
  .string()
  .transform((cursor, context) => {
    const place = placeOf(cursor);
    if (place !== undefined) return place;
    context.issues.push({ code: 'custom', message: 'must be the Next of an earlier answer', input: cursor });
    return z.NEVER;
  })
  .openapi({ type: 'string', description: '`Next` of the page before.' });
