import { defineConfig } from "vitest/config";

// Pages in a real browser: the report file and the planner. `npm run test:browser`; needs Chromium.
export default defineConfig({
  resolve: {
    alias: [{ find: /^microlift$/, replacement: new URL("./src/index.ts", import.meta.url).pathname }],
  },
  test: { include: ["test/browser/*.browser.ts"], testTimeout: 120_000, hookTimeout: 120_000 },
});
