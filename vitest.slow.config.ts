import { defineConfig } from "vitest/config";
import { microliftAlias } from "./test/support/microlift-alias.ts";

// The slow lane: seeded simulations, minutes long. `npm run test:slow`.
export default defineConfig({
  resolve: { alias: [...microliftAlias] },
  test: {
    include: ["test/simulation/*.slow.ts"],
    testTimeout: 3_600_000,
    maxWorkers: "100%",
    // Relations between calls, each so many times: test/simulation/relations.slow.ts.
    env: { RELATION_RUNS: "4000" },
  },
});
