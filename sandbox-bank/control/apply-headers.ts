// Headers as they are given to `writeHead`, set so that they can still be looked at and changed.
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

export function applyHeaders(response: ServerResponse, headers: unknown): void {
  if (Array.isArray(headers)) {
    for (let index = 0; index + 1 < headers.length; index += 2)
      response.appendHeader(String(headers[index]), String(headers[index + 1]));
  } else if (typeof headers === 'object' && headers !== null) {
    for (const [name, value] of Object.entries(headers as OutgoingHttpHeaders))
      if (value !== undefined) response.setHeader(name, value);
  }
}
