import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import type { MutantCoverage } from "@stryker-mutator/api/core";
import {
  determineHitLimitReached,
  type DryRunOptions,
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  type TestRunnerCapabilities,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import type { Chosen } from "./chosen.ts";
import { buildSandbox, builtName } from "./build-sandbox.ts";
import type { CollectedTest } from "./test-functions.ts";

/** What instrumented code reads and writes. */
interface Instrumented {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number;
  hitLimit?: number | undefined;
  mutantCoverage?: MutantCoverage;
}

type CollectTests = (importFile: () => Promise<unknown>) => Promise<readonly CollectedTest[]>;

const TIMES = "test-times.json";

/**
 * Runs the tests of a floor in the process it stands in, which reads them once for all mutants.
 *
 * A test is `file#number`. A file is a test too, named by its path alone: it covers what runs while the file is read
 * (a table of results above the tests), and to run it is to read the file anew and to run all its tests.
 */
export class OneProcessRunner implements TestRunner {
  readonly #testFiles: readonly string[];
  readonly #instrumented: Instrumented = ((globalThis as Record<string, unknown>)["__stryker__"] ??=
    {}) as Instrumented;
  readonly #tests = new Map<string, readonly CollectedTest[]>();
  #collectTests: CollectTests | undefined;
  #timesRead = 0;

  constructor({ testFiles }: Pick<Chosen, "testFiles">) {
    this.#testFiles = testFiles;
  }

  capabilities(): TestRunnerCapabilities {
    return { reloadEnvironment: false };
  }

  async init(): Promise<void> {
    await buildSandbox(this.#testFiles);
  }

  async dryRun({ files = [] }: DryRunOptions): Promise<DryRunResult> {
    const instrumented = this.#instrumented;
    instrumented.activeMutant = undefined;
    instrumented.mutantCoverage = { static: {}, perTest: {} };
    // What modules do when they are read, no test does.
    for (const file of files) await import(pathToFileURL(builtName(resolve(file))).href);
    const results: TestResult[] = [];
    for (const file of this.#testFiles) {
      const fileStart = performance.now();
      instrumented.currentTestId = file;
      const tests = await this.#read(file);
      for (const [at, { name }] of tests.entries()) {
        const id = `${file}#${at}`;
        instrumented.currentTestId = id;
        const start = performance.now();
        const failure = await this.#failureOf(id);
        results.push(resultOf(id, name, performance.now() - start, failure));
      }
      results.push(resultOf(file, file, performance.now() - fileStart, undefined));
    }
    instrumented.currentTestId = undefined;
    writeFileSync(
      TIMES,
      JSON.stringify(Object.fromEntries(results.map(({ id, timeSpentMs }) => [id, timeSpentMs]))),
    );
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage: instrumented.mutantCoverage };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, hitLimit, mutantActivation, testFilter } = options;
    const instrumented = this.#instrumented;
    const ids = shortestFirst(testFilter ?? this.#testFiles);
    instrumented.hitCount = 0;
    instrumented.hitLimit = hitLimit;
    instrumented.activeMutant = mutantActivation === "static" ? activeMutant.id : undefined;
    const results: TestResult[] = [];
    for (const id of ids) {
      const [file, at] = id.split("#") as [string, string?];
      if (at !== undefined && !this.#tests.has(file)) await this.#read(file);
      instrumented.activeMutant = activeMutant.id;
      const failure = await this.#failureOf(id);
      if (mutantActivation === "runtime") instrumented.activeMutant = undefined;
      results.push(resultOf(id, id, 0, failure));
      if (failure !== undefined) break;
    }
    return toMutantRunResult(
      determineHitLimitReached(instrumented.hitCount, hitLimit) ?? {
        status: DryRunStatus.Complete,
        tests: results,
      },
    );
  }

  async #read(file: string): Promise<readonly CollectedTest[]> {
    this.#collectTests ??= await readSupport();
    const url = `${pathToFileURL(builtName(resolve(file))).href}?${this.#timesRead}`;
    this.#timesRead += 1;
    const tests = await this.#collectTests(() => import(url));
    this.#tests.set(file, tests);
    return tests;
  }

  /** The failure of a test, or the first one of a whole file that is read anew. */
  async #failureOf(id: string): Promise<string | undefined> {
    try {
      if (id.includes("#")) {
        const [file, at] = id.split("#") as [string, string];
        await this.#tests.get(file)![Number(at)]!.run();
        return undefined;
      }
      const kept = this.#tests.get(id);
      try {
        for (const { run } of await this.#read(id)) await run();
      } finally {
        // What was read with the mutant at work is of no use to the next one.
        if (kept !== undefined) this.#tests.set(id, kept);
      }
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}

async function readSupport(): Promise<CollectTests> {
  const read = (file: string) => import(pathToFileURL(builtName(resolve(file))).href);
  await read("test/support/fast-check.ts");
  // That a property fails is enough: which case is the smallest nobody reads here.
  fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
  return ((await read("test/mutation/test-functions.ts")) as { collectTests: CollectTests }).collectTests;
}

function shortestFirst(ids: readonly string[]): readonly string[] {
  const times = JSON.parse(readFileSync(TIMES, "utf8")) as Record<string, number>;
  return ids.toSorted((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
}

function resultOf(id: string, name: string, timeSpentMs: number, failure: string | undefined): TestResult {
  return failure === undefined
    ? { id, name, timeSpentMs, status: TestStatus.Success }
    : { id, name, timeSpentMs, status: TestStatus.Failed, failureMessage: failure };
}
