// The main job, end to end, on a real experiment: what one would have planned, what happened, and whether visits could
// have stood in for sales. Prints it, and writes the same as Markdown to hillstrom-report.md.
import { readFileSync, writeFileSync } from "node:fs";
import {
  analyzeExperiment,
  planExperiment,
  toMarkdown,
  toText,
  type ExperimentData,
  type ExperimentPlan,
} from "microlift";

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));

const plan = planExperiment(read("hillstrom-plan.json") as ExperimentPlan);
const readout = analyzeExperiment(read("hillstrom-data.json") as ExperimentData);

const width = Math.min(process.stdout.columns ?? 80, 100);
console.log(toText(plan, { width }));
console.log(toText(readout, { width }));

const report = "hillstrom-report.md";
writeFileSync(report, `${toMarkdown(plan)}\n${toMarkdown(readout)}`);
console.log(`Written as Markdown to ${report}`);
