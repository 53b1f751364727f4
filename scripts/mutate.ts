// Mutation testing: `npm run test:mutation -- --floor numerics --one-in 8`. Changes the code of a floor in one place at a
// time, as Stryker does, and runs the floor's tests: a change that no test notices is a test that is missing. Results are
// kept in test/mutation/results, and docs/mutation.md is written from them.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { PartialStrykerOptions } from "@stryker-mutator/api/core";
import { Stryker } from "@stryker-mutator/core";
import { type Chosen, CHOSEN_FILE } from "../test/mutation/chosen.ts";
import {
  knownIn,
  mergeResults,
  readLog,
  readResults,
  removeLog,
  writeResults,
} from "../test/mutation/kept-results.ts";
import {
  type Floor,
  FLOORS,
  isSampled,
  LEFT_OUT,
  type Mutant,
  mutantsOfFloor,
  rangeOf,
} from "../test/mutation/mutants.ts";
import { mutationPage, readJudgements } from "../test/mutation/page.ts";

const TEMP = resolve("temp/mutation");

const { values } = parseArgs({
  options: {
    floor: { type: "string", multiple: true, default: [...FLOORS] },
    "one-in": { type: "string" },
    survivors: { type: "boolean", default: false },
    concurrency: { type: "string", default: "1" },
  },
});

for (const floor of values.floor) await mutateFloor(floorNamed(floor));
writeFileSync("docs/mutation.md", mutationPage(readJudgements()));

function floorNamed(name: string): Floor {
  const floor = FLOORS.find((one) => one === name);
  if (floor === undefined) throw new Error(`--floor must be one of ${FLOORS.join(", ")}`);
  return floor;
}

async function mutateFloor(floor: Floor): Promise<void> {
  const log = join(TEMP, `${floor}.log`);
  mkdirSync(TEMP, { recursive: true });
  const files = await mutantsOfFloor(floor);
  const oneIn = Number(values["one-in"] ?? (readResults(floor).oneIn || 8));
  const keep = async (): Promise<void> => {
    await writeResults(floor, mergeResults(readResults(floor), files, { oneIn, log: readLog(log) }));
    removeLog(log);
  };
  // What a run that was stopped left behind is kept first.
  await keep();
  const results = readResults(floor);
  const todo = files.map((file) => {
    const alive = new Set(results.files[file.file]?.alive.map(({ id }) => id));
    const known = knownIn(results, file);
    const isTodo = ({ id }: Mutant): boolean => (values.survivors ? alive.has(id) : !known.has(id));
    return { ...file, mutants: file.mutants.filter((mutant) => isSampled(mutant, oneIn) && isTodo(mutant)) };
  });
  const count = todo.reduce((sum, { mutants }) => sum + mutants.length, 0);
  process.stdout.write(`${floor}: ${count} mutants to do\n`);
  if (count === 0) return;
  const chosen: Chosen = {
    floor,
    log,
    testFiles: testFilesOf(floor),
    files: todo.map(({ file, source, mutants }) => ({
      file,
      source,
      ids: Object.fromEntries(mutants.map(({ place, id }) => [place, id])),
    })),
  };
  process.env[CHOSEN_FILE] = join(TEMP, `${floor}-chosen.json`);
  writeFileSync(process.env[CHOSEN_FILE], JSON.stringify(chosen));
  await new Stryker(
    strykerOptions(
      todo.flatMap(({ file, mutants }) => mutants.map((one) => patternOf(`src/${floor}/${file}`, one))),
    ),
  ).runMutationTest();
  await keep();
}

function strykerOptions(mutate: string[]): PartialStrykerOptions {
  return {
    mutate,
    testRunner: "one process",
    plugins: [resolve("test/mutation/plugins.ts")],
    // Processes of Stryker's own, which read plugins too, are to read TypeScript.
    testRunnerNodeArgs: ["--import", "tsx"],
    checkerNodeArgs: ["--import", "tsx"],
    ignorers: ["sample"],
    reporters: ["kept"],
    mutator: { excludedMutations: [...LEFT_OUT], plugins: null },
    ignorePatterns: ["*", "!/src", "!/src/**", "!/test", "!/test/**", "!/package.json"],
    coverageAnalysis: "perTest",
    concurrency: Number(values.concurrency),
    tempDirName: "temp/mutation/sandbox",
    disableTypeChecks: false,
    // Twice the time the tests took and ten seconds: on a machine that is busy a slow test is no endless loop.
    timeoutMS: 10_000,
    timeoutFactor: 2,
    dryRunTimeoutMinutes: 15,
  };
}

function patternOf(path: string, { place }: Mutant): string {
  const [fromLine, fromColumn, toLine, toColumn] = rangeOf(place);
  return `${path}:${fromLine}:${fromColumn}-${toLine}:${toColumn}`;
}

function testFilesOf(floor: Floor): readonly string[] {
  // The asos test stubs a download, which is no matter of the floor's code.
  return readdirSync(`test/${floor}`, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts") && name !== "asos.test.ts")
    .map((name) => `test/${floor}/${name}`)
    .toSorted();
}
