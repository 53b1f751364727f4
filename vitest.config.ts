import { defineConfig } from "vitest/config";
import { microliftAlias } from "./test/support/microlift-alias.ts";

// The fast lane: `npm test`. Long simulations are `npm run test:slow` (vitest.slow.config.ts).
export default defineConfig({
  resolve: {
    alias: [...microliftAlias],
  },
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/support/fast-check.ts"],
    testTimeout: 60_000,
    // The default leaves one core idle, which is half of two.
    maxWorkers: "100%",
    // The library holds no state between calls, so that files may share its modules: the import of them all, file by
    // file, was half of the time. What a test puts in place of a global is taken back.
    isolate: false,
    restoreMocks: true,
    unstubGlobals: true,
    coverage: { provider: "v8", include: ["src/**/*.ts"] },
  },
});
