import { distance } from 'fastest-levenshtein';

/** The known name that is most like an unknown one; undefined when none is like it. */
export function nearestName(unknown: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((name) => ({ name, far: distance(unknown.toLowerCase(), name.toLowerCase()) }))
    .sort((one, other) => one.far - other.far);
  return best !== undefined && best.far <= Math.max(2, unknown.length / 3) ? best.name : undefined;
}
