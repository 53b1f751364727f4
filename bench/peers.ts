// `npm run bench:peers`: the same inputs through this library and what people use today, with times as ratios, errors
// against mpmath and the inputs that each fails on. Writes docs/peers.md and the answers that it is made of.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import packageJson from "../package.json" with { type: "json" };
import { answersHere } from "./peers/answers.ts";
import { NPM_PEERS } from "./peers/npm-peers.ts";
import { OURS } from "./peers/ours.ts";
import { type Measured, peersPage, summaryLines } from "./peers/page.ts";
import { accuracyOf, isRight } from "./peers/errors.ts";
import { type Peer, type TaskAnswers, TASKS } from "./peers/tasks.ts";

const near = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The faster of two rounds, one before and one after the other languages, on a machine that drifts. */
function faster(
  a: Readonly<Record<string, TaskAnswers>>,
  b: Readonly<Record<string, TaskAnswers>>,
): Record<string, TaskAnswers> {
  return Object.fromEntries(
    Object.entries(a).map(([task, once]) => [task, once.seconds <= b[task]!.seconds ? once : b[task]!]),
  );
}

function outside(command: string, script: string): Record<string, Peer> {
  console.error(`${command} …`);
  const { status, stdout, stderr } = spawnSync(command, [near(script), near("peers/tasks.json")], {
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  if (status === 0) return JSON.parse(stdout) as Record<string, Peer>;
  console.error(`${command} could not be run, and is left out: ${stderr?.trim() ?? ""}`);
  return {};
}

const versionOf = (name: string): string =>
  name === "@stdlib"
    ? packageJson.devDependencies["@stdlib/stats-base-dists-normal-cdf"]
    : name in packageJson.dependencies
      ? packageJson.dependencies[name as "jstat"]
      : packageJson.devDependencies[name as "simple-statistics"];

console.error("npm …");
const callers = { ours: OURS, ...NPM_PEERS };
const before = answersHere(callers);
const others = {
  ...outside(process.env["PYTHON"] ?? "/usr/bin/python3", "peers/peers.py"),
  ...outside("Rscript", "peers/peers.R"),
};
console.error("npm again …");
const after = answersHere(callers);

const measured: Measured = {
  machine: `${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores`,
  node: process.versions.node,
  ours: { version: packageJson.version, answers: faster(before.ours, after.ours) },
  peers: {
    ...Object.fromEntries(
      (Object.keys(NPM_PEERS) as (keyof typeof NPM_PEERS)[]).map((name) => [
        name,
        { version: versionOf(name), answers: faster(before[name], after[name]) },
      ]),
    ),
    ...others,
  },
};
writeFileSync(near("peers/measured.json"), `${JSON.stringify(measured)}\n`);
writeFileSync(near("../docs/peers.md"), peersPage(measured));
console.log(summaryLines(measured).join("\n"));
const wrong = TASKS.filter((task) => !isRight(accuracyOf(task, measured.ours.answers[task.name]!)));
for (const { name } of wrong) console.log(`microlift is not right to twelve digits: ${name}`);
process.exitCode = wrong.length === 0 ? 0 : 1;
