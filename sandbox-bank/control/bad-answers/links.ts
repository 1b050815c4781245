// Bad answers that are a matter of Links and Meta.
import type { BadShape, Changed } from './shape.ts';

export const links: BadShape[] = [
  {
    name: 'links-missing',
    is: 'No Links.',
    answer: { change: (json) => (delete json.Links ? 'Links' : undefined) },
  },
  { name: 'links-null', is: 'Links is null.', answer: { change: (json) => set(json, 'Links', null) } },
  { name: 'self-missing', is: 'Links without Self.', answer: link('Self', undefined) },
  { name: 'self-relative', is: 'Self is a path.', answer: link('Self', (url) => new URL(url).pathname) },
  {
    name: 'next-foreign-host',
    is: 'Next leads to another host.',
    answer: link('Next', () => 'https://elsewhere.example/open-banking/v4.0/aisp/accounts?page=2'),
  },
  { name: 'next-loop', is: 'Next leads to the same page.', answer: link('Next', (url) => url) },
  {
    name: 'next-inside',
    is: 'Next leads into the caller’s own network, without encryption.',
    answer: link('Next', () => 'http://169.254.169.254/latest/meta-data/'),
  },
  {
    name: 'next-another-resource',
    is: 'Next leads to another resource of the same bank.',
    answer: link('Next', (url) => new URL('/token', url).href),
  },
  { name: 'next-no-address', is: 'Next is no address.', answer: link('Next', () => 'javascript:alert(1)') },
  {
    name: 'meta-missing',
    is: 'No Meta.',
    answer: { change: (json) => (delete json.Meta ? 'Meta' : undefined) },
  },
  {
    name: 'meta-wrong',
    is: 'A number of pages in words, and dates that are none.',
    answer: {
      change: (json) =>
        set(json, 'Meta', { TotalPages: 'many', FirstAvailableDateTime: 0, LastAvailableDateTime: 'soon' }),
    },
  },
];

function set(json: Record<string, unknown>, name: string, value: unknown): string {
  json[name] = value;
  return name;
}

/** @param make from the address of the request; undefined leaves the link out */
function link(name: string, make: ((url: string) => string) | undefined): Changed {
  return {
    change(json, { request }) {
      const { [name]: _, ...others } = { ...(typeof json.Links === 'object' ? json.Links : {}) } as Record<
        string,
        unknown
      >;
      json.Links = make ? { ...others, [name]: make(request.url) } : others;
      return `Links.${name}`;
    },
  };
}
