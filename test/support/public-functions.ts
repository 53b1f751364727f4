import * as microlift from "../../src/index.ts";

export type Callable = (...args: unknown[]) => unknown;

/** Every public function by its name, those of the distributions included. */
export const publicFunctions: readonly [string, Callable][] = Object.entries(microlift).flatMap(
  ([name, value]) => {
    if (typeof value === "function") return /^[a-z]/.test(name) ? [[name, value as Callable]] : [];
    const isSchema = name.endsWith("Schema");
    if (isSchema) return [];
    return Object.entries(value).map(([part, member]): [string, Callable] => [
      `${name}.${part}`,
      member as Callable,
    ]);
  },
);
