// What a file of a bank is handed on with: its type and name as the bank has them where they are harmless, and never as
// something that a browser would show or run.

/** @param given the bank's headers, names in lower case */
export function fileHeaders(given: Readonly<Record<string, string>>): Record<string, string> {
  const {
    'content-type': type = '',
    'content-disposition': disposition = '',
    'content-length': length = '',
  } = given;
  const { 'content-encoding': encoding = '' } = given;
  const [, name] = /;\s*filename="?([\w .()-]{1,100})"?\s*(;|$)/i.exec(disposition) ?? [];
  return {
    'content-type': /^[\w.+-]+\/[\w.+-]+(\s*;\s*charset=[\w-]+)?$/.test(type)
      ? type
      : 'application/octet-stream',
    'content-disposition': name === undefined ? 'attachment' : `attachment; filename="${name}"`,
    'x-content-type-options': 'nosniff',
    ...(/^\d{1,12}$/.test(length) ? { 'content-length': length } : {}),
    ...(/^(gzip|br|deflate)$/.test(encoding) ? { 'content-encoding': encoding } : {}),
  };
}
