import { describe, expect, it } from "vitest";
import calls from "../reference/calls/calls.json" with { type: "json" };
import { type Callable, publicFunctions } from "../support/public-functions.ts";
import { relativeError } from "../support/relative-error.ts";

const functions = new Map<string, Callable>(publicFunctions);

/** "arms.0.share" of a result; the result itself where the path is empty. */
function at(result: unknown, path: string): number {
  const keys = path === "" ? [] : path.split(".");
  return keys.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], result) as number;
}

describe("calls whose results are known from outside", () => {
  it.each(calls.map(({ call, args, expected }, i) => [call, i, args, expected] as const))(
    "%s, case %i",
    (call, _, args, expected) => {
      const result = functions.get(call)!(...(args as unknown[]));
      for (const [path, value] of Object.entries(expected as Record<string, string>)) {
        const actual = at(result, path);
        expect(relativeError(actual, Number(value)), `${path}: ${actual} against ${value}`).toBeLessThan(
          1e-12,
        );
      }
    },
  );
});
