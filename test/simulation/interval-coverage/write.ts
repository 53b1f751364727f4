// Writes docs/methods/coverage.md and its charts: npx tsx test/simulation/interval-coverage/write.ts
import { writeFileSync } from "node:fs";
import { coverageDocument, coverageFigures } from "./document.ts";

for (const [name, text] of Object.entries(await coverageDocument(coverageFigures()))) {
  writeFileSync(new URL(`../../../docs/methods/${name}`, import.meta.url), text);
}
