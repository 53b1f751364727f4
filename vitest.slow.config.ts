import { defineConfig } from "vitest/config";

// The slow lane: seeded simulations, minutes long. `npm run test:slow`.
export default defineConfig({
  test: { include: ["test/simulation/*.slow.ts"], testTimeout: 3_600_000, maxWorkers: "100%" },
});
