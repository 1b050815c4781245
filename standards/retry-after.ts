// How long whoever answered asks to be left alone: RFC 9110 section 10.2.3.

/** @param header in either form, seconds or a date. @returns undefined when it is missing or no such thing */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
