// A file on its way out: made piece by piece as fast as it is taken, never whole in memory.
import type { BankFile } from './operation.ts';

export function fileResponse(file: BankFile, headers: Headers): Response {
  headers.set('content-type', file.contentType);
  headers.set('content-length', String(file.bytes));
  headers.set('content-disposition', `attachment; filename="${file.name}"`);
  const chunks = file.chunks()[Symbol.iterator]();
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  return new Response(stream, { headers });
}
