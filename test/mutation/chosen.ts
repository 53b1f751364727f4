import { readFileSync } from "node:fs";
import type { Floor } from "./mutants.ts";

/** What one run of Stryker is to do, handed to its plugins as a file. */
export interface Chosen {
  readonly floor: Floor;
  readonly testFiles: readonly string[];
  /** Where each result is kept as soon as it is known, a line of JSON each. */
  readonly log: string;
  readonly files: readonly ChosenFile[];
}

export interface ChosenFile {
  readonly file: string;
  readonly source: string;
  /** Places of the mutants, as `placeOf` names them, and their ids. */
  readonly ids: Readonly<Record<string, string>>;
}

/** The variable that names the file: a runner's process stands in the sandbox, and has the same environment. */
export const CHOSEN_FILE = "MUTATION_CHOSEN";

export function readChosen(): Chosen {
  return JSON.parse(readFileSync(process.env[CHOSEN_FILE]!, "utf8")) as Chosen;
}
