// Places in bodies: `Data.Balance[].Type`, where a list has one element.

type Json = Record<string, unknown>;

export function bodyWith(path: string, value: unknown): Json {
  return Object(
    path
      .split('.')
      .reduceRight<unknown>(
        (inner, name) => (name.endsWith('[]') ? { [name.slice(0, -2)]: [inner] } : { [name]: inner }),
        value,
      ),
  );
}

export function valueAt(body: unknown, path: string): unknown {
  const names = path.replaceAll('[]', '.0').split('.');
  return names.reduce<unknown>((holder, name) => Object(holder)[name], body);
}
