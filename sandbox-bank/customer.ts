// A customer without a browser: follows an authorisation address through the bank's pages and stops at the third party's door.
import { Agent, request } from 'undici';
import { CookieJar } from './cookie-jar.ts';

export interface CustomerWish {
  /** The authorisation address that a third party made. */
  url: string;
  psu: string;
  /** Left out: every account, or for a payment the first that can pay. */
  accounts?: string[];
  decision: 'approve' | 'deny';
}

interface Page {
  url: string;
  status: number;
  location?: string;
  body: string;
}

export class CustomerStuck extends Error {
  override name = 'CustomerStuck';
}

const mostSteps = 12;

export class Customer {
  readonly #bank: string;
  readonly #dispatcher: Agent;
  readonly #jar = new CookieJar();

  /** `bank` is the origin of the pages; `authority` the certificate authority of their server. */
  constructor(bank: string, authority: string) {
    this.#bank = bank;
    this.#dispatcher = new Agent({ connect: { ca: authority } });
  }

  /** The full address at the third party's to which the bank sends the browser. Throws CustomerStuck on an error page. */
  async decide(wish: CustomerWish): Promise<string> {
    try {
      let answer = await this.#open(wish.url);
      for (let step = 0; step < mostSteps; step += 1) {
        if (answer.location === undefined) answer = await this.#fillIn(answer, wish);
        if (answer.location !== undefined) {
          if (!this.#isAtBank(answer.location)) return answer.location;
          answer = await this.#open(answer.location);
        }
      }
      throw new CustomerStuck('the bank leads in circles');
    } finally {
      await this.#dispatcher.close();
    }
  }

  async #fillIn(page: Page, wish: CustomerWish): Promise<Page> {
    const action = new URL(page.url).pathname;
    if (page.status !== 200 || !action.includes('/interaction/'))
      throw new CustomerStuck(`the bank answered ${page.status}: ${reasonOf(page.body)}`);
    if (wish.decision === 'deny') return this.#open(`${page.url}/decision`, [['decision', 'cancel']]);
    if (page.body.includes('name="username"')) {
      const form: [string, string][] = [
        ['username', wish.psu],
        ['password', wish.psu],
      ];
      return this.#open(`${page.url}/sign-in`, form);
    }
    const accounts = wish.accounts ?? offeredAccounts(page.body);
    const chosen = accounts.map((account): [string, string] => ['account', account]);
    return this.#open(`${page.url}/decision`, [['decision', 'approve'], ...chosen]);
  }

  async #open(url: string, form?: [string, string][]): Promise<Page> {
    const answer = await request(url, {
      dispatcher: this.#dispatcher,
      method: form ? 'POST' : 'GET',
      headers: {
        cookie: this.#jar.for(url),
        accept: 'text/html',
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(form ? { body: new URLSearchParams(form).toString() } : {}),
    });
    this.#jar.keep(url, [answer.headers['set-cookie'] ?? []].flat());
    const location = [answer.headers.location].flat()[0];
    return {
      url,
      status: answer.statusCode,
      body: await answer.body.text(),
      ...(location === undefined ? {} : { location: new URL(location, url).href }),
    };
  }

  #isAtBank(location: string): boolean {
    return new URL(location).origin === this.#bank;
  }
}

/** The accounts the page has marked already. */
function offeredAccounts(body: string): string[] {
  return [...body.matchAll(/name="account" value="([^"]+)" checked/g)].map(([, account = '']) => account);
}

function reasonOf(body: string): string {
  const [, reason] = /class="(?:reason|problem)"[^>]*>([^<]*)</.exec(body) ?? [];
  return reason ?? 'no reason given';
}
