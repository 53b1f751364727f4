import { defineConfig } from "vitest/config";

// What a user installs: the built package. Needs `npm run build` first; part of `npm run check`.
export default defineConfig({
  test: { include: ["test/package/*.package.ts"], testTimeout: 120_000, hookTimeout: 120_000 },
});
