import { defineConfig } from "vitest/config";
import { microliftAlias } from "./test/support/microlift-alias.ts";

// The slow lane: seeded simulations, minutes long. `npm run test:slow`.
export default defineConfig({
  resolve: { alias: [...microliftAlias] },
  test: {
    include: ["test/simulation/*.slow.ts"],
    // The million inputs take seven minutes, and are asked for by `npm run test:fuzz` until they were run whole once more:
    // what the last run found is mended, and each function passed by itself.
    exclude: process.env["FUZZ_TIMES"] === undefined ? ["test/simulation/fuzz.slow.ts"] : [],
    testTimeout: 3_600_000,
    maxWorkers: "100%",
    // Relations between calls, each so many times: test/simulation/relations.slow.ts.
    env: { RELATION_RUNS: "4000" },
  },
});
