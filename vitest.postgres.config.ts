import { defineConfig } from "vitest/config";
import { microliftAlias } from "./test/support/microlift-alias.ts";

// Rows on a real PostgreSQL server, which the tests start. `npm run test:postgres`; needs Debian's `postgresql`.
export default defineConfig({
  resolve: { alias: [...microliftAlias] },
  test: {
    include: ["test/postgres/*.postgres.ts"],
    setupFiles: ["test/support/fast-check.ts"],
    testTimeout: 300_000,
    hookTimeout: 60_000,
  },
});
