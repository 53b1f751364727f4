import { defineConfig } from "vitest/config";

// The notebook of examples/, run by a Jupyter client. `npm run test:notebook`; needs `npm run build` and nbclient.
export default defineConfig({
  test: { include: ["test/notebook/*.notebook.ts"], testTimeout: 300_000, hookTimeout: 300_000 },
});
