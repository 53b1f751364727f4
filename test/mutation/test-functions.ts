// What the floors' tests need of vitest: the runner of mutants puts this file in its place, since vitest takes a second
// to start and a test of a mutant mostly a hundredth.
export { expect } from "vitest";

/** A test as its file told it: not yet run. */
export interface CollectedTest {
  readonly name: string;
  readonly run: () => unknown;
}

let collected: CollectedTest[] = [];
const suites: string[] = [];

/** The tests that importing a file tells of, in its order. */
export async function collectTests(importFile: () => Promise<unknown>): Promise<readonly CollectedTest[]> {
  collected = [];
  await importFile();
  return collected;
}

export function describe(name: string, tell: () => void): void {
  suites.push(name);
  try {
    tell();
  } finally {
    suites.pop();
  }
}

export function it(name: string, run: () => unknown): void {
  collected.push({ name: [...suites, name].join(" "), run });
}

// As vitest does: a row that is a list is the arguments, anything else is the one argument.
describe.each =
  (rows: readonly unknown[]) =>
  (name: string, tell: (...row: unknown[]) => void): void => {
    for (const row of rows) describe(name, () => tell(...asArguments(row)));
  };

it.each =
  (rows: readonly unknown[]) =>
  (name: string, run: (...row: unknown[]) => unknown): void => {
    for (const row of rows) it(name, () => run(...asArguments(row)));
  };

function asArguments(row: unknown): unknown[] {
  return Array.isArray(row) ? row : [row];
}
