// The ledger of payments: what every attempt to submit one was and how it ended, of one payment or of all of them.
import { z } from '@hono/zod-openapi';
import { attemptOutcomes, type LedgerEntry, type PaymentAttempt } from '../../store/payment-attempts.ts';
import { paymentFamilies } from '../../workflows/contracts/payment.ts';
import type { ApiDeps } from '../deps.ts';
import { type Api, addOperation, document } from '../operation.ts';
import { Problem } from '../problem.ts';
import { dateTime, id } from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';
import { validated } from '../validation.ts';

const tag = 'Payments';

const attemptShape = {
  Number: z.int().openapi({ description: 'From 1, in the order of their sending.' }),
  IdempotencyKey: z.string().openapi({ description: 'The key that the bank was sent.' }),
  Sent: dateTime,
  Ended: dateTime.optional(),
  Outcome: z.enum(attemptOutcomes).optional().openapi({
    description: 'Absent: it was cut off, and the attempt after it found out what had become of it.',
  }),
  HttpStatus: z.int().optional(),
  AnswerCodes: z
    .array(z.string())
    .openapi({ description: "The bank's own: the status that it gave the payment, or its error codes." }),
  XFapiInteractionId: z.string().optional(),
};

const Attempts = z.object({ Attempts: z.array(z.object(attemptShape)) }).openapi('PaymentAttempts');

const Entry = z
  .object({
    PaymentId: z.string().openapi({ format: 'uuid' }),
    ConsentId: z.string().openapi({ format: 'uuid' }),
    PaymentType: z.enum(paymentFamilies),
    BankProfile: z.string(),
    ExternalApiId: z.string().optional(),
    Status: z.string().openapi({ description: 'How the payment stands now.' }),
    ...attemptShape,
  })
  .openapi('PaymentLedgerEntry');

const instant = z.iso.datetime({ offset: true });
const ExportQuery = z.strictObject({ from: instant.optional(), to: instant.optional() });

export function addPaymentLedgerRoutes(api: Api, { records }: Pick<ApiDeps, 'records'>): void {
  addOperation(
    api,
    {
      ...{ method: 'get', path: '/payments/{paymentId}/attempts', id: 'GetPaymentAttempts', tag },
      summary: 'Every attempt to submit a payment, with its key and how it ended',
      params: z.object({ paymentId: id }),
      ...{ status: 200, response: Attempts },
    },
    async ({ params: { paymentId } }, c) => {
      const payment = await records.payments.find(tenantOf(), paymentId);
      if (payment === undefined) throw new Problem('not-found');
      const attempts = await records.paymentAttempts.list(tenantOf(), paymentId);
      return c.json({ Attempts: attempts.map(attemptMembers) });
    },
  );

  const operation = { method: 'get', path: '/payments/export', id: 'ExportPaymentLedger', tag } as const;
  document(api, {
    ...operation,
    summary: 'The ledger of all payments: one attempt on each line, in the order of their sending',
    query: ExportQuery,
    ...{ status: 200, response: Entry, responseType: 'application/x-ndjson' },
  });
  api.get(operation.path, (c) => {
    const { from, to } = validated(ExportQuery, c.req.query());
    const lines = ledgerPages(records, { from: instantOf(from), to: instantOf(to) });
    return c.body(ReadableStream.from(lines), 200, { 'content-type': 'application/x-ndjson' });
  });
}

const instantOf = (text: string | undefined) => (text === undefined ? undefined : new Date(text));

const pageSize = 500;

/** Read a page at a time: however long the ledger is, it is not held in memory. */
async function* ledgerPages(
  { paymentAttempts }: ApiDeps['records'],
  range: { from: Date | undefined; to: Date | undefined },
): AsyncGenerator<Uint8Array> {
  let after: LedgerEntry | undefined;
  for (;;) {
    const page = await paymentAttempts.listLedger(tenantOf(), { ...range, after, limit: pageSize });
    yield Buffer.from(page.map((entry) => `${JSON.stringify(entryMembers(entry))}\n`).join(''));
    after = page.at(-1);
    if (page.length < pageSize) return;
  }
}

// JSON leaves out what is undefined.
const attemptMembers = (attempt: PaymentAttempt) => ({
  Number: attempt.number,
  IdempotencyKey: attempt.idempotencyKey,
  Sent: attempt.sent.toISOString(),
  Ended: attempt.ended?.toISOString(),
  Outcome: attempt.outcome ?? undefined,
  HttpStatus: attempt.httpStatus ?? undefined,
  AnswerCodes: attempt.answerCodes,
  XFapiInteractionId: attempt.interactionId ?? undefined,
});

const entryMembers = (entry: LedgerEntry) => ({
  PaymentId: entry.paymentId,
  ConsentId: entry.consentId,
  PaymentType: entry.family,
  BankProfile: entry.bankProfile,
  ExternalApiId: entry.externalApiId ?? undefined,
  Status: entry.status,
  ...attemptMembers(entry),
});
