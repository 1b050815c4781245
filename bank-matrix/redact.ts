// An exchange as it may be shown and kept: what is secret or about a person is replaced by the word for it.
import type { Exchange, Json } from './session.ts';

const secret =
  /^(code|id_token|access_token|refresh_token|client_secret|registration_access_token|response|software_statement|request|.*secret.*|.*token.*|AuthUrl|AppSessionId|State|state)$/i;
const personal =
  /^(Name|Identification|SecondaryIdentification|Nickname|.*Account(Number)?Id|Address.*|.*Name)$/;

export function redacted(exchange: Exchange): Exchange {
  return {
    ...exchange,
    path: exchange.path.split('?')[0] ?? '',
    body: clean(exchange.body),
    answer: clean(exchange.answer),
  };
}

function clean(value: Json): Json {
  if (Array.isArray(value)) return value.slice(0, 3).map(clean);
  if (typeof value === 'string')
    return value.length > 500 ? `${value.slice(0, 40)}…` : withoutParameters(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (secret.test(name)) return [name, '(secret)'];
      if (personal.test(name) && typeof member === 'string') return [name, '(personal)'];
      return [name, clean(member)];
    }),
  );
}

/** Addresses carry codes and states in their parameters. */
function withoutParameters(text: string): string {
  return text.replace(/(https?:\/\/[^\s?#"]+)[?#][^\s"]*/g, '$1?…');
}
