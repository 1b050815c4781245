// How a validator finds its way in a published document, and what had to be put right in one first.
import type { PublishedDocument } from './documents.ts';

export function pointerTo(parts: string[]): string {
  const escaped = parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')));
  return `#/${escaped.join('/')}`;
}

/** Version 4.0, payment-details: `Status` lacks RCVD, though every payment begins with it in the text. */
export function withCorrections(name: string, document: PublishedDocument): PublishedDocument {
  if (name !== 'v4.0/payment-initiation') return document;
  const own = structuredClone(document);
  for (const codes of lists(own)) if (codes.includes('ACSP') && !codes.includes('RCVD')) codes.push('RCVD');
  return own;
}

function lists(node: unknown): unknown[][] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'enum' in node && Array.isArray(node.enum) ? [node.enum] : [];
  return [...own, ...Object.values(node).flatMap(lists)];
}
