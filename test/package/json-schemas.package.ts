import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { jsonSchemas } from "../../scripts/json-schemas.ts";

// The compiler reads the types for it, which takes seconds: so it stands here, beside the report of the API.
const folder = resolve(import.meta.dirname, "../../schemas");

it("publishes the JSON Schemas of documents and read-outs as they are now: npm run schemas writes them", () => {
  const emitted = jsonSchemas();
  expect(readdirSync(folder).toSorted()).toEqual([...emitted.keys()].toSorted());
  for (const [file, schema] of emitted) {
    expect(JSON.parse(readFileSync(resolve(folder, file), "utf8"))).toEqual(schema);
  }
});
