import { defineConfig } from "vitest/config";
import { microliftAlias } from "./test/support/microlift-alias.ts";

// Pages in a real browser: the report file and the planner. `npm run test:browser`; needs Chromium.
export default defineConfig({
  resolve: {
    alias: [...microliftAlias],
  },
  test: { include: ["test/browser/*.browser.ts"], testTimeout: 120_000, hookTimeout: 120_000 },
});
