// Writes the rows of two experiments, to be read by microlift: hillstrom.csv and udacity.csv.
import { writeFileSync } from "node:fs";
import { hillstromRows } from "./hillstrom-rows.ts";
import { toCsv } from "./to-csv.ts";
import { udacityRows } from "./udacity-rows.ts";

for (const [name, rows] of Object.entries({ hillstrom: hillstromRows(), udacity: udacityRows() })) {
  writeFileSync(`${name}.csv`, toCsv(rows));
  console.log(`${name}.csv: ${rows.length} rows`);
}
