// The sandbox's control interface, as far as the demo needs it: a customer who says yes, and what the bank really executed.

export interface SandboxControl {
  /**
   * Signs in as alice and says yes, unless wished otherwise.
   * @returns where the bank sends the browser back to
   */
  authorise(authUrl: string, wish?: { psu?: string; decision?: 'approve' | 'deny' }): Promise<string>;
  /** How many payments the bank executed under its consent. */
  countPayments(bank: string, externalApiConsentId: string): Promise<number>;
}

export function createSandboxControl(controlUrl: string): SandboxControl {
  async function ask(path: string, body?: object) {
    const options = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(`${controlUrl}${path}`, options);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`sandbox bank: ${answer.status} ${text}`);
    return JSON.parse(text);
  }
  return {
    authorise: async (url, wish) => (await ask('/psu/authorise', { url, psu: 'alice', ...wish })).redirectUrl,
    countPayments: async (bank, consentId) => {
      const counters = await ask('/counters');
      return counters[bank].paymentsByConsent[consentId] ?? 0;
    },
  };
}

/** What the redirect page hands on: the parameters of query or fragment, as a form. */
export function redirectForm(redirectUrl: string): URLSearchParams {
  const { search, hash } = new URL(redirectUrl);
  return new URLSearchParams(hash === '' ? search : hash.slice(1));
}
