/** Keys that nobody chose as the name of a field. */
const LONGEST_KEY = 60;

/** A path as errors write it: `plan.metrics[0].name`. */
export function writtenPath(name: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : `${text}.${shortKey(String(key))}`),
    name,
  );
}

function shortKey(key: string): string {
  return key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY)}…` : key;
}
