// Documents and results with one of their values dropped or replaced.

export type Path = readonly (string | number)[];
type Holder = Record<string | number, unknown>;

/** The paths to all values inside a value, itself first. */
export function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const keys = Array.isArray(value) ? value.map((_, i) => i) : Object.keys(value);
  return [path, ...keys.flatMap((key) => pathsIn((value as Holder)[key], [...path, key]))];
}

/** The value at a path. */
export const at = (value: unknown, path: Path): unknown =>
  path.reduce((inner, key) => (inner as Holder)[key], value);

/** A copy with one value replaced; `undefined` leaves it out. What lies beside the path is shared, not copied. */
export function replaced(document: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const copy = (
    Array.isArray(document) ? [...(document as unknown[])] : { ...(document as object) }
  ) as Holder;
  if (rest.length > 0 || value !== undefined) copy[key] = replaced(copy[key], rest, value);
  else if (Array.isArray(copy)) copy.splice(key as number, 1);
  else delete copy[key];
  return copy;
}
