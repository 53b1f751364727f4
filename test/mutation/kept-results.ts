import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";
import { type Floor, isSampled, type MutatedFile, rangeOf } from "./mutants.ts";

/** What is kept of a floor: the figures of docs/mutation.md are these, counted. */
export interface FloorResults {
  /** The sample: one mutant in so many. */
  readonly oneIn: number;
  readonly files: Readonly<Record<string, FileResults>>;
}

export interface FileResults {
  /** The hash of the text that was tested. */
  readonly source: string;
  /** How many mutants the file has, and how many of them are in the sample. */
  readonly mutants: number;
  readonly sampled: number;
  /** Ids, one space between. */
  readonly killed: string;
  readonly timeout: string;
  readonly alive: readonly AliveMutant[];
}

export interface AliveMutant {
  readonly id: string;
  readonly status: AliveStatus;
  readonly line: number;
  readonly was: string;
  readonly becomes: string;
}

export type AliveStatus = "survived" | "no coverage" | "error";

/** A result as the reporter wrote it. */
export interface Logged {
  readonly file: string;
  readonly source: string;
  readonly id: string;
  readonly status: string;
}

const NOTHING: FloorResults = { oneIn: 0, files: {} };

export function readResults(floor: Floor): FloorResults {
  const path = pathOf(floor);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as FloorResults) : NOTHING;
}

/** Ids in a list of them. */
export function idsIn(list: string): readonly string[] {
  return list === "" ? [] : list.split(" ");
}

/** The mutants of a file whose fate is known: none where its text has changed. */
export function knownIn({ files }: FloorResults, { file, source }: MutatedFile): ReadonlySet<string> {
  const known = files[file];
  if (known?.source !== source) return new Set();
  return new Set([...idsIn(known.killed), ...idsIn(known.timeout), ...known.alive.map(({ id }) => id)]);
}

/** What is kept once a log is read into it: of the files as they are, and of the sample alone. */
export function mergeResults(
  before: FloorResults,
  files: readonly MutatedFile[],
  { oneIn, log }: { readonly oneIn: number; readonly log: readonly Logged[] },
): FloorResults {
  return {
    oneIn,
    files: Object.fromEntries(
      files.map((file) => {
        const sampled = file.mutants.filter((mutant) => isSampled(mutant, oneIn));
        const statuses = new Map([
          ...statusesOf(before, file),
          ...log
            .filter((one) => one.file === file.file && one.source === file.source)
            .map(({ id, status }) => [id, WORDS[status] ?? "error"] as const),
        ]);
        const idsWith = (status: Status): string =>
          sampled
            .filter(({ id }) => statuses.get(id) === status)
            .map(({ id }) => id)
            .toSorted()
            .join(" ");
        const alive = sampled.flatMap(({ id, was, becomes, place }): readonly AliveMutant[] => {
          const status = statuses.get(id);
          if (status === undefined || status === "killed" || status === "timeout") return [];
          return [{ id, status, line: rangeOf(place)[0], was: shortened(was), becomes: shortened(becomes) }];
        });
        const { source, mutants } = file;
        const counts = { source, mutants: mutants.length, sampled: sampled.length };
        return [file.file, { ...counts, killed: idsWith("killed"), timeout: idsWith("timeout"), alive }];
      }),
    ),
  };
}

/** Writes results, formatted as prettier does. */
export async function writeResults(floor: Floor, results: FloorResults): Promise<void> {
  const path = pathOf(floor);
  const options = await resolveConfig(path);
  writeFileSync(path, await format(JSON.stringify(results), { ...options, parser: "json" }));
}

/** The log of a run, and none where nothing ran. */
export function readLog(path: string): readonly Logged[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.endsWith("}"))
    .map((line) => JSON.parse(line) as Logged);
}

export function removeLog(path: string): void {
  rmSync(path, { force: true });
}

type Status = "killed" | "timeout" | AliveStatus;

const WORDS: Readonly<Record<string, Status>> = {
  Killed: "killed",
  Timeout: "timeout",
  Survived: "survived",
  NoCoverage: "no coverage",
};

const LONGEST = 120;

function statusesOf(results: FloorResults, file: MutatedFile): (readonly [string, Status])[] {
  const known = results.files[file.file];
  if (known?.source !== file.source) return [];
  return [
    ...idsIn(known.killed).map((id) => [id, "killed"] as const),
    ...idsIn(known.timeout).map((id) => [id, "timeout"] as const),
    ...known.alive.map(({ id, status }) => [id, status] as const),
  ];
}

function shortened(code: string): string {
  const line = code.replaceAll(/\s+/g, " ");
  return line.length > LONGEST ? `${line.slice(0, LONGEST)} …` : line;
}

function pathOf(floor: Floor): string {
  return new URL(`results/${floor}.json`, import.meta.url).pathname;
}
