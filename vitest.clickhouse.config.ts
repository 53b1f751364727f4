import { defineConfig } from "vitest/config";
import { microliftAlias } from "./test/support/microlift-alias.ts";

// Statements on ClickHouse, which is half a gigabyte and lies outside the lockfile. `npm run test:clickhouse`.
export default defineConfig({
  resolve: {
    alias: [...microliftAlias],
  },
  test: {
    include: ["test/clickhouse/*.clickhouse.ts"],
    setupFiles: ["test/support/fast-check.ts"],
    // Its threads outlive a worker of the other kind.
    pool: "forks",
    testTimeout: 600_000,
  },
});
