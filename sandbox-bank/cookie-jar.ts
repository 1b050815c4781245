// Cookies as far as the bank's pages set them: by name and path, on one host.

export class CookieJar {
  readonly #cookies = new Map<string, { name: string; value: string; path: string }>();

  keep(url: string, headers: string[]): void {
    for (const header of headers) {
      const [pair = '', ...attributes] = header.split(';').map((part) => part.trim());
      const [name = '', ...value] = pair.split('=');
      const path = attribute(attributes, 'path') ?? new URL(url).pathname;
      const expires = attribute(attributes, 'expires');
      const isOver = value.join('=') === '' || (expires !== undefined && new Date(expires).getTime() <= 0);
      if (isOver) this.#cookies.delete(`${name} ${path}`);
      else this.#cookies.set(`${name} ${path}`, { name, value: value.join('='), path });
    }
  }

  /** The value of the Cookie header for a request. */
  for(url: string): string {
    const { pathname } = new URL(url);
    return [...this.#cookies.values()]
      .filter(({ path }) => pathname === path || pathname.startsWith(path.replace(/\/?$/, '/')))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }
}

function attribute(attributes: string[], name: string): string | undefined {
  return attributes.find((part) => part.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
}
