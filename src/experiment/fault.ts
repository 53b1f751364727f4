import * as z from "zod/mini";
import { didYouMean } from "../core/did-you-mean.ts";

/** One fault in a document: where, and what was expected. */
export interface Fault {
  readonly path: Path;
  readonly message: string;
}

/** Keys and places from the top of a document down to a field. */
export type Path = readonly (string | number)[];

/** As many as a person will mend before reading on: a document of a million wrong numbers is not told each of them. */
export const MOST_FAULTS = 50;

/** Faults of a part, as faults of the whole. */
export function faultsAt(at: Path, faults: readonly Fault[]): Fault[] {
  return faults.map(({ path, message }) => ({ path: [...at, ...path], message }));
}

/** What was expected where a name must be one of the document's own. */
export function notNamed(what: string, name: string, known: Iterable<string>): string {
  return `must name ${what}, not "${name}"${didYouMean(name, known)}`;
}

/** A fault for each name that stood in the list before. */
export function duplicateFaults(names: readonly string[], pathOf: (i: number) => Path): Fault[] {
  const seen = new Set<string>();
  return names.flatMap((name, i) => {
    if (seen.has(name)) return [{ path: pathOf(i), message: `is a name given twice: "${name}"` }];
    seen.add(name);
    return [];
  });
}

/** Hands faults to zod. */
export function report(faults: readonly Fault[], context: z.core.$RefinementCtx): void {
  for (const fault of faults.slice(0, 2 * MOST_FAULTS))
    context.addIssue({ code: "custom", path: [...fault.path], message: fault.message });
}

/**
 * Keeps the faults of a list from growing with it: whoever holds the list takes them over as the arguments of one call, of
 * which engines bear some ten thousand.
 */
export function firstFaults<T>(): z.core.$ZodCheck<T> {
  const keepFirst = ({ issues }: z.core.ParsePayload): void => void issues.splice(2 * MOST_FAULTS);
  return z.check(keepFirst, { when: () => true });
}
