import type { Gatekeeping } from "../inference/gatekeeping.ts";
import type { GraphicalProcedure } from "../inference/graphical-procedure.ts";
import type { MaxZ } from "../inference/max-z.ts";
import { type Block, details, lead, table, title } from "./block.ts";
import { closing, lookedFor } from "./closing.ts";
import { amount, finite, percent, pFigure } from "./figures.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** Families of tests, one after the other. */
export function describeGatekeeping(result: Gatekeeping): Block[] {
  const { families, alpha } = result;
  const rows = families.flatMap(({ adjustedPValues, rejected, isOpen }, family) =>
    adjustedPValues.map((p, test) => [
      `Family ${family + 1}, test ${test + 1}`,
      isOpen ? "tested" : "not tested: an earlier test failed",
      figure(p),
      verdict(rejected[test]!),
    ]),
  );
  return [
    title("Families of tests in order"),
    lead(howMany(families.flatMap(({ rejected }) => rejected))),
    table(["Test", "Gate", "Adjusted p", "Finding"], rows, 2),
    details([
      ["Chance of any false alarm", `at most ${percent(alpha)}`],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** Tests that hand their alpha on. */
export function describeGraphicalProcedure(result: GraphicalProcedure): Block[] {
  const { adjustedPValues, rejected, alpha } = result;
  return [
    title("Tests that hand their alpha on"),
    lead(howMany(rejected)),
    table(
      ["Test", "Adjusted p", "Finding"],
      adjustedPValues.map((p, test) => [`Test ${test + 1}`, figure(p), verdict(rejected[test]!)]),
    ),
    details([
      ["Chance of any false alarm", `at most ${percent(alpha)}`],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** Several metrics whose statistics go together. */
export function describeMaxZ(result: MaxZ): Block[] {
  const { tests, criticalValue, confidenceLevel, alternative } = result;
  return [
    title("Several metrics at once"),
    lead(howMany(tests.map(({ rejected }) => rejected))),
    table(
      ["Test", "Standard errors from 0", "p", "Adjusted p", "Finding"],
      tests.map(({ z, pValue, adjustedPValue, rejected }, test) => [
        `Test ${test + 1}`,
        finite(z),
        figure(pValue),
        figure(adjustedPValue),
        verdict(rejected),
      ]),
    ),
    details([
      [
        "Significant beyond",
        criticalValue === null ? null : `${amount(criticalValue.value)} standard errors`,
      ],
      ["Chance of any false alarm", percent(1 - confidenceLevel)],
      ["The tests look for", lookedFor(alternative)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

function howMany(rejected: readonly boolean[]): string {
  const clear = rejected.filter(Boolean).length;
  const all = rejected.length === 1 ? "the only test" : `${rejected.length} tests`;
  return clear === 0
    ? `No clear effect in ${all}. Chance alone could have done that.`
    : `Clear effects in ${clear} of ${all}.`;
}

function verdict(rejected: boolean): string {
  return rejected ? "clear" : "not clear";
}

function figure(p: number): string {
  return pFigure(p, ln(p));
}
