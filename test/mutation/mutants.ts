import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { Instrumenter } from "@stryker-mutator/instrumenter";
import type { MutantResult } from "@stryker-mutator/api/core";

/** The floors whose tests are tested. */
export const FLOORS = ["numerics", "inference", "bayesian", "sequential", "proxy"] as const;
export type Floor = (typeof FLOORS)[number];

/** Mutators left out: words of messages are compared with snapshots, in the tests of report. */
export const LEFT_OUT: readonly string[] = ["StringLiteral"];

/** A change of one piece of code. */
export interface Mutant {
  /** Of what is changed into what, and not of where: code that moves keeps its mutants. */
  readonly id: string;
  readonly mutator: string;
  readonly was: string;
  readonly becomes: string;
  /** As `placeOf` names it. */
  readonly place: string;
}

/** A file of a floor, and all its mutants. */
export interface MutatedFile {
  readonly file: string;
  /** Of its text: a file that changed is done anew. */
  readonly source: string;
  readonly mutants: readonly Mutant[];
}

interface Located extends Pick<MutantResult, "mutatorName"> {
  /** Lines and columns from 1, as in Stryker's reports. */
  readonly location: MutantResult["location"];
  readonly replacement?: string | undefined;
}

export function hashOf(...parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 8);
}

/** All mutants of a floor, as Stryker makes them. */
export async function mutantsOfFloor(floor: Floor): Promise<readonly MutatedFile[]> {
  const folder = `src/${floor}`;
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .toSorted();
  return Promise.all(
    files.map(async (name) => {
      const content = readFileSync(`${folder}/${name}`, "utf8");
      return { file: name, source: hashOf(content), mutants: await mutantsOfText(name, content) };
    }),
  );
}

/** Whether a mutant is in a sample of one in so many. */
export function isSampled({ id }: Pick<Mutant, "id">, oneIn: number): boolean {
  return Number.parseInt(id, 16) % oneIn === 0;
}

/** Where a mutant stands and what it does: the name under which Stryker's results are found again. */
export function placeOf({ location: { start, end }, mutatorName, replacement }: Located): string {
  return `${start.line}:${start.column}-${end.line}:${end.column} ${mutatorName} ${replacement}`;
}

/** First line and column, last line and column: lines from 1, columns from 0. */
export type Range = readonly [number, number, number, number];

/** The range in the name of a place, which counts columns from 1. */
export function rangeOf(place: string): Range {
  const [fromLine, fromColumn, toLine, toColumn] = place.split(" ", 1)[0]!.split(/[:-]/).map(Number) as [
    number,
    number,
    number,
    number,
  ];
  return [fromLine, fromColumn - 1, toLine, toColumn - 1];
}

const QUIET = {
  isDebugEnabled: () => false,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
};

async function mutantsOfText(file: string, content: string): Promise<readonly Mutant[]> {
  const instrumenter = new Instrumenter(QUIET as unknown as ConstructorParameters<typeof Instrumenter>[0]);
  const { mutants } = await instrumenter.instrument([{ name: basename(file), content, mutate: true }], {
    excludedMutations: [...LEFT_OUT],
    ignorers: [],
    plugins: null,
  });
  const lines = content.split("\n");
  const seen = new Map<string, number>();
  return mutants
    .filter(({ status }) => status === undefined)
    .map(({ location: { start, end }, mutatorName, replacement }) => {
      const was = textBetween(lines, start, end);
      const same = [file, mutatorName, was, replacement].join("\0");
      const nth = seen.get(same) ?? 0;
      seen.set(same, nth + 1);
      return {
        id: hashOf(same, String(nth)),
        mutator: mutatorName,
        was,
        becomes: replacement,
        place: placeOf({ location: fromOne(start, end), mutatorName, replacement }),
      };
    });
}

function fromOne(start: Position, end: Position): MutantResult["location"] {
  return {
    start: { line: start.line + 1, column: start.column + 1 },
    end: { line: end.line + 1, column: end.column + 1 },
  };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

function textBetween(lines: readonly string[], start: Position, end: Position): string {
  const covered = lines.slice(start.line, end.line + 1);
  covered[covered.length - 1] = covered.at(-1)!.slice(0, end.column);
  covered[0] = covered[0]!.slice(start.column);
  return covered.join("\n");
}
