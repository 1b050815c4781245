// The connector's API as a service would call it.

// biome-ignore lint/suspicious/noExplicitAny: the demo looks into answers of every shape.
export type Json = any;

export class CallRefused extends Error {
  override name = 'CallRefused';
}

export interface Connector {
  /** @throws {CallRefused} with what the problem document says */
  call(method: 'GET' | 'POST', path: string, body?: object | URLSearchParams): Promise<Json>;
  /** A file, as it is. @throws {CallRefused} */
  upload(path: string, text: string, contentType: string): Promise<Json>;
  /** All pages of a read under an account-access consent. @throws {CallRefused} */
  read(path: string, consentId: string): Promise<Json[]>;
}

/** Reads without it are unattended, of which banks allow few a day. */
const customerPresent = { 'x-fapi-customer-ip-address': '203.0.113.7' };

export function createConnector(apiUrl: string): Connector {
  async function send(method: string, path: string, options: RequestInit): Promise<Json> {
    const answer = await fetch(new URL(path, apiUrl), { ...options, method });
    const json: Json = await answer.json();
    if (answer.ok) return json;
    const detail = json.detail === undefined ? '' : ` ${json.detail}`;
    throw new CallRefused(`${method} ${path}: ${answer.status} ${json.code}: ${json.title}.${detail}`);
  }
  return {
    call: (method, path, body) => {
      if (body === undefined) return send(method, path, {});
      if (body instanceof URLSearchParams) return send(method, path, { body });
      return send(method, path, {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
    },
    upload: (path, body, contentType) =>
      send('POST', path, { body, headers: { 'content-type': contentType } }),
    read: async (path, consentId) => {
      const pages: Json[] = [];
      for (let next: string | undefined = path; next !== undefined; ) {
        const headers = { 'x-obc-account-access-consent-id': consentId, ...customerPresent };
        const { ExternalApiResponse: page } = await send('GET', next, { headers });
        pages.push(page.Data);
        next = page.Links?.Next;
      }
      return pages;
    },
  };
}
