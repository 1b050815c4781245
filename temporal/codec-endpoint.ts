// Lets the Temporal UI read what the payload codec wrote: Temporal's remote-codec protocol, for the UI's origins alone.
import type { PayloadCodec } from '@temporalio/common';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { z } from 'zod';

const Payloads = z.object({
  payloads: z
    .array(
      z.object({
        metadata: z.record(z.string(), z.base64()).optional(),
        data: z.base64().optional(),
      }),
    )
    .max(10_000),
});
type WirePayload = z.output<typeof Payloads>['payloads'][number];

const largestBody = 16 * 1024 * 1024;

/** @param origins who may ask, as browsers name themselves (`http://127.0.0.1:8233`) */
export function codecEndpoint(codec: PayloadCodec, origins: readonly string[]): Hono {
  const app = new Hono();
  app.use(
    cors({ origin: [...origins], allowMethods: ['POST'], allowHeaders: ['content-type', 'x-namespace'] }),
  );
  // Without a browser's own check of the answer a foreign page could still send requests: refuse them outright.
  app.use(async (c, next) => {
    const origin = c.req.header('origin');
    if (origin !== undefined && !origins.includes(origin)) return c.json({ code: 'origin-refused' }, 403);
    return await next();
  });
  app.use(bodyLimit({ maxSize: largestBody }));
  for (const operation of ['decode', 'encode'] as const) {
    app.post(`/${operation}`, async (c) => {
      const parsed = Payloads.safeParse(await c.req.json().catch(() => undefined));
      if (!parsed.success) return c.json({ code: 'malformed-payloads' }, 400);
      try {
        const payloads = await codec[operation](parsed.data.payloads.map(fromWire));
        return c.json({ payloads: payloads.map(toWire) });
      } catch {
        return c.json({ code: 'payload-unreadable' }, 400);
      }
    });
  }
  return app;
}

function fromWire({ metadata, data }: WirePayload) {
  const entries = Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value, 'base64')]);
  return { metadata: Object.fromEntries(entries), data: Buffer.from(data ?? '', 'base64') };
}

function toWire(payload: {
  metadata?: Record<string, Uint8Array> | null;
  data?: Uint8Array | null;
}): WirePayload {
  const entries = Object.entries(payload.metadata ?? {}).map(([name, value]) => [name, base64(value)]);
  return { metadata: Object.fromEntries(entries), data: base64(payload.data ?? new Uint8Array()) };
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
