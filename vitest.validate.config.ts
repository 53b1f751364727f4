import { defineConfig } from "vitest/config";
import { microliftAlias } from "./test/support/microlift-alias.ts";
import { REFERENCES } from "./test/validation/references.ts";

// The comparisons with values from outside alone, with what they measure written down; `npm run validate` starts it.
export default defineConfig({
  resolve: { alias: [...microliftAlias] },
  test: {
    include: [...new Set(REFERENCES.map(({ file }) => `test/${file}.test.ts`))],
    setupFiles: ["test/support/fast-check.ts", "test/validation/record-errors.ts"],
    testTimeout: 60_000,
    maxWorkers: 2,
    isolate: false,
    restoreMocks: true,
    unstubGlobals: true,
  },
});
