import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../src/numerics/random.ts";
import { simulateSequential } from "../../src/sequential/simulate-sequential.ts";
import { runInWorkers } from "../../src/workers/run-in-workers.ts";
import { type BuiltWorkers, builtWorkers } from "../support/built-workers.ts";
import { runExample, threadExamples } from "../support/examples.ts";
import { agrees } from "../support/shown-value.ts";

// The first look stops nearly all, so that several blocks cost little.
const design = {
  baseline: 0.3,
  lift: 0.1,
  n: [50, 100],
  upper: [1, 2],
  lower: [0.9, -2],
  experiments: 300_001,
};

let built: BuiltWorkers;
beforeAll(async () => (built = await builtWorkers()));
afterAll(() => built.remove());

describe("simulateSequentialInWorkers", () => {
  const single = simulateSequential({ ...design, rng: createRandom(7) });

  it.each([1, 2, 3, 7])("gives the bits of one thread on %d", async (workers) => {
    const told: string[] = [];
    const result = await built.entry.simulateSequentialInWorkers({
      ...design,
      seed: 7,
      workers,
      onProgress: (done, blocks) => told.push(`${done} of ${blocks}`),
    });
    expect(result).toEqual(single);
    expect(told).toEqual(["1 of 4", "2 of 4", "3 of 4", "4 of 4"]);
  });

  it("draws from seed 1 unless said, as simulateSequential does", async () => {
    const few = { ...design, experiments: 1000 };
    expect(await built.entry.simulateSequentialInWorkers(few)).toEqual(simulateSequential(few));
  });

  it.each([
    [{ baseline: 2 }, "baseline"],
    [{ n: [100, 50] }, "n[1]"],
    [{ experiments: 0 }, "experiments"],
    [{ seed: -1 }, "seed"],
    [{ workers: 0 }, "workers"],
    [{ workers: 1.5 }, "workers"],
    [{ workers: 1025 }, "workers"],
    [{ onProgress: 3 as never }, "onProgress"],
    [{ rng: createRandom(1) } as never, "rng"],
    [{ upper: [() => 1, 2] as never }, "options"],
  ])("refuses %j with an error that names %s", async (change, field) => {
    const refused = built.entry.simulateSequentialInWorkers({ ...design, workers: 2, ...(change as object) });
    await expect(refused).rejects.toMatchObject({ name: "DomainError", field });
  });

  it.each([null, undefined, 3])("refuses %s for options", async (options) => {
    const refused = built.entry.simulateSequentialInWorkers(options as never);
    await expect(refused).rejects.toMatchObject({ name: "DomainError", field: "options" });
  });

  it("rejects with the error of the caller's own function, and ends its threads", async () => {
    const before = process.getActiveResourcesInfo().filter((kind) => kind === "MessagePort").length;
    const failed = built.entry.simulateSequentialInWorkers({
      ...design,
      workers: 3,
      onProgress: () => {
        throw new RangeError("enough");
      },
    });
    await expect(failed).rejects.toThrow(new RangeError("enough"));
    const after = process.getActiveResourcesInfo().filter((kind) => kind === "MessagePort").length;
    expect(after).toBe(before);
  });

  it.each([
    ["process.exit(3)", /ended by itself, with code 3/],
    ['throw new RangeError("no room")', /no room/],
    [
      'import { parentPort } from "node:worker_threads"; parentPort.postMessage({ answer: 9 }); parentPort.on("message", () => process.exit(4));',
      /ended by itself, with code 4/,
    ],
  ])("rejects where a thread fails: %s", async (code, message) => {
    const module = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
    const job = { simulation: "sequential", options: design, seed: 1 } as const;
    await expect(runInWorkers(job, { workers: 2, module })).rejects.toThrow(message);
  });

  it.each(threadExamples)("$where runs and shows what it says", async ({ code }) => {
    const wrong: string[] = [];
    await runExample(code, { ...built.entry }, (value, text) => {
      if (!agrees(value, text)) wrong.push(`${JSON.stringify(value)} is not ${text}`);
    });
    expect(wrong).toEqual([]);
  });
});
