// How a bank's answer is handed on: as it came, links aside, with the interaction id beside it.
import { type LinkRewriting, withOwnLinks, withoutQuery } from './links.ts';

interface Answered {
  body: unknown;
  interactionId: string | null;
  url: string;
  warnings?: string[];
}

export interface ExternalApiMembers {
  ExternalApiResponse: unknown;
  ExternalApiResponseInfo: { XFapiInteractionId: string | null };
  Warnings?: string[];
}

export function externalApiMembers(
  answer: Answered,
  { ownUrl, allowQuery, createdId }: Pick<LinkRewriting, 'ownUrl' | 'allowQuery'> & { createdId?: string },
): ExternalApiMembers {
  const called = withoutQuery(answer.url);
  const bankUrl = createdId === undefined ? called : addressOf(called, createdId);
  const { body, warnings: ofLinks } = withOwnLinks(answer.body, { bankUrl, ownUrl, allowQuery });
  const warnings = [...(answer.warnings ?? []), ...ofLinks];
  return {
    ExternalApiResponse: body,
    ExternalApiResponseInfo: { XFapiInteractionId: answer.interactionId },
    ...(warnings.length === 0 ? {} : { Warnings: warnings }),
  };
}

/** The answer to a POST links to what it made. Where that has been read since, its own address was called. */
function addressOf(called: string, createdId: string): string {
  const ends = [createdId, encodeURIComponent(createdId)].map((id) => `/${id}`);
  return ends.some((end) => called.endsWith(end)) ? called : `${called}/${createdId}`;
}
