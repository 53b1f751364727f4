import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { format } from "prettier";
import { jsonSchemas } from "./json-schemas.ts";

// `npm run schemas`: writes the published JSON Schemas, so that a change of documents shows in review.

for (const [name, schema] of jsonSchemas()) {
  const text = await format(JSON.stringify(schema), { parser: "json", printWidth: 110 });
  writeFileSync(resolve(import.meta.dirname, "../schemas", name), text);
}
