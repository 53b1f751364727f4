import { at, type Path, pathsIn, replaced } from "./replaced-values.ts";

/** A document with one thing wrong, or left out. */
export interface MutatedDocument {
  /** What was done. */
  readonly mutation: string;
  /** To which value. */
  readonly path: Path;
  readonly document: unknown;
}

/** The path as errors write it. */
export function writtenPath(name: string, path: Path): string {
  return path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : `${text}.${key}`),
    name,
  );
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What becomes of a value; null where nothing does, `undefined` where it is left out. */
const MUTATIONS: Readonly<Record<string, (value: unknown) => { readonly to: unknown } | null>> = {
  dropped: () => ({ to: undefined }),
  null: () => ({ to: null }),
  "a word": () => ({ to: "word" }),
  "-1": () => ({ to: -1 }),
  NaN: () => ({ to: Number.NaN }),
  Infinity: () => ({ to: Infinity }),
  "an unknown field": (value) => (isObject(value) ? { to: { ...value, unknown: 1 } } : null),
  emptied: (value) => (Array.isArray(value) ? { to: [] } : null),
  "last entry twice": (value) =>
    Array.isArray(value) && value.length > 0 ? { to: [...(value as unknown[]), value.at(-1)] } : null,
};

/** A document with each of its values dropped, mistyped and out of range, one at a time; but for those below `except`. */
export function* mutatedDocuments(document: unknown, except?: string): Generator<MutatedDocument> {
  for (const path of pathsIn(document)) {
    if (path.length === 0 || (path.length > 1 && path[0] === except)) continue;
    for (const [mutation, mutate] of Object.entries(MUTATIONS)) {
      const changed = mutate(at(document, path));
      if (changed !== null) yield { mutation, path, document: replaced(document, path, changed.to) };
    }
  }
}
