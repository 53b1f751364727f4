import { defineConfig } from "vitest/config";
import { microliftAlias } from "./test/support/microlift-alias.ts";

// The packed package on every runtime, in a browser, in types and for JSR. `npm run test:runtimes`; needs
// `npm run build`, and the network once, for the runtimes.
export default defineConfig({
  resolve: { alias: [...microliftAlias] },
  test: {
    include: ["test/runtimes/*.runtime.ts"],
    globalSetup: ["test/runtimes/setup.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
