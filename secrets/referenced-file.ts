// What `file:/path` leads to: a text file that an operator named, as orchestrators mount secrets.
import { readFile, stat } from 'node:fs/promises';
import { ReferenceUnusable } from './reference-unusable.ts';

/** Far beyond any key or chain of certificates, and little enough to read a wrong file by mistake. */
const largestBytes = 256 * 1024;

/** @returns the text without one line end at its end. Rejects with {@link ReferenceUnusable}. */
export async function readReferencedFile(path: string): Promise<string> {
  const reference = { source: 'file', name: path } as const;
  const bytes = await readSmallFile(path).catch((error: unknown) => {
    if (error instanceof ReferenceUnusable) throw error;
    const { code, reason } = whyNot(codeOf(error));
    throw new ReferenceUnusable(code, { reference, reason });
  });
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ReferenceUnusable('reference-unreadable', { reference, reason: 'the file is no UTF-8 text' });
  }
  return text.replace(/\r?\n$/, '');
}

/** Only regular files: a pipe or a device could keep the start waiting for ever. */
async function readSmallFile(path: string): Promise<Buffer> {
  const found = await stat(path);
  if (found.isFile() && found.size <= largestBytes) return await readFile(path);
  const reason = found.isFile()
    ? `the file has more than ${largestBytes / 1024} KiB`
    : 'that is no regular file';
  throw new ReferenceUnusable('reference-unreadable', { reference: { source: 'file', name: path }, reason });
}

function whyNot(code: string) {
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return { code: 'reference-not-found', reason: 'there is no such file' } as const;
  if (code === 'EACCES' || code === 'EPERM')
    return { code: 'reference-denied', reason: `the file may not be read (${code})` } as const;
  return { code: 'reference-unreadable', reason: `the file cannot be read (${code})` } as const;
}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
