import { readFileSync, writeFileSync } from "node:fs";
import { createRandom } from "../src/numerics/random.ts";
import type { JointCounts } from "../src/summaries/joint-counts.ts";

// Made-up counts of a micro conversion that moves easily and means nothing: clicks on product images in the tests of
// examples/past-experiments.json, whose sales they keep. Three visitors in ten click, of buyers half, and true log-lifts
// on the clicks spread by 0.08 and have nothing to do with those on sales.

interface Arms {
  readonly name: string;
  readonly control: JointCounts;
  readonly treatment: JointCounts;
}

const CLICKS_OF_BUYERS = 0.5;
const CLICKS_OF_OTHERS = 0.3;
const SPREAD = 0.08;

const random = createRandom(20_261_123);
const past = JSON.parse(readFileSync("examples/past-experiments.json", "utf8")) as Arms[];

function clicks({ neither, macroOnly, microOnly, both }: JointCounts, factor: number): JointCounts {
  const sales = macroOnly + both;
  const others = neither + microOnly;
  const buyersWhoClick = random.binomial(sales, CLICKS_OF_BUYERS * factor);
  const othersWhoClick = random.binomial(others, CLICKS_OF_OTHERS * factor);
  return {
    neither: others - othersWhoClick,
    macroOnly: sales - buyersWhoClick,
    microOnly: othersWhoClick,
    both: buyersWhoClick,
  };
}

const lines = past.map(({ name, control, treatment }) => {
  const factor = Math.exp(SPREAD * random.normal());
  const arms = { control: clicks(control, 1), treatment: clicks(treatment, factor) };
  return `  {
    "name": ${JSON.stringify(name)},
    "control": ${inline(arms.control)},
    "treatment": ${inline(arms.treatment)}
  }`;
});

function inline(counts: JointCounts): string {
  const entries = Object.entries(counts).map(([key, count]) => `${JSON.stringify(key)}: ${count}`);
  return `{ ${entries.join(", ")} }`;
}

writeFileSync("examples/past-image-clicks.json", `[\n${lines.join(",\n")}\n]\n`);
