import { appendFileSync } from "node:fs";
import { relative } from "node:path";
import { afterEach, beforeEach, chai, expect } from "vitest";
import { tally } from "../support/tally.ts";
import { root } from "../support/pages.ts";
import { REFERENCES } from "./references.ts";

/** What a test measured against values from outside. */
export interface MeasuredTest {
  /** Under test/, without the ending. */
  readonly file: string;
  readonly test: string;
  /** Whether its limits are those of a reference that has the digits; a test may have both kinds. */
  readonly isTight: boolean;
  readonly values: number;
  readonly largest: { readonly error: number; readonly limit: number };
  readonly isWithin: boolean;
}

/** Limits above this are no tolerances. */
const LARGEST_TOLERANCE = 0.01;
const TIGHT = 1e-10;

let found: { error: number; limit: number }[] = [];

// Tests hold an error below a tolerance; each such comparison is noted on the way.
chai.use(({ Assertion }, { overwriteMethod, flag }) => {
  for (const name of ["toBeLessThan", "toBeLessThanOrEqual"]) {
    overwriteMethod(
      Assertion.prototype,
      name,
      (original: (limit: unknown) => unknown) =>
        function note(this: Chai.AssertionStatic, limit: unknown): unknown {
          const error: unknown = flag(this, "object");
          const isError = typeof error === "number" && error >= 0 && flag(this, "negate") !== true;
          if (isError && typeof limit === "number" && limit > 0 && limit <= LARGEST_TOLERANCE) {
            found.push({ error, limit });
          }
          return original.call(this, limit);
        },
    );
  }
});

const fileOf = (path: string): string =>
  relative(root, path)
    .replace(/^test\//, "")
    .replace(/\.test\.ts$/, "");

// Laws and boundaries in the same files are the fast lane's.
beforeEach(({ skip }) => {
  const { testPath, currentTestName } = expect.getState();
  const file = fileOf(testPath!);
  skip(!REFERENCES.some((row) => row.file === file && row.tests.test(currentTestName!)));
  found = [];
  tally.values = 0;
});

afterEach(() => {
  const { testPath, currentTestName } = expect.getState();
  for (const isTight of [true, false]) {
    const own = found.filter(({ limit }) => limit <= TIGHT === isTight);
    if (own.length === 0) continue;
    const measured: MeasuredTest = {
      file: fileOf(testPath!),
      test: currentTestName!,
      isTight,
      values: isTight ? Math.max(own.length, tally.values) : own.length,
      largest: own.reduce((most, one) => (one.error > most.error ? one : most)),
      isWithin: own.every(({ error, limit }) => error <= limit),
    };
    appendFileSync(process.env["MEASURED_TESTS"]!, `${JSON.stringify(measured)}\n`);
  }
  found = [];
});
