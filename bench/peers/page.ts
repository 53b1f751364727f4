import { type Accuracy, accuracyOf, isRight } from "./errors.ts";
import { type Peer, type Task, type TaskAnswers, TASKS } from "./tasks.ts";

/** What one run of `npm run bench:peers` found. */
export interface Measured {
  readonly machine: string;
  readonly node: string;
  readonly ours: Peer;
  readonly peers: Readonly<Record<string, Peer>>;
}

interface Beside {
  readonly task: Task;
  readonly peer: string;
  /** Its time over ours; above 1 where ours is faster. */
  readonly timeRatio: number;
  /** The same with whole columns passed, per value. */
  readonly arrayRatio: number | null;
  readonly accuracy: Accuracy;
}

const ENVIRONMENTS: Readonly<Record<string, string>> = {
  jstat: "npm",
  "simple-statistics": "npm",
  "@stdlib": "npm",
  SciPy: "Python",
  numpy: "Python",
  statsmodels: "Python",
  R: "R",
  rpact: "R",
  metafor: "R",
};

const ABSENT = "Not installed where this was measured: ";

export function peersPage(measured: Measured): string {
  const all = besides(measured);
  const names = Object.keys(measured.peers);
  const absent = Object.keys(ENVIRONMENTS).filter((name) => !names.includes(name));
  const own = TASKS.map((task) => accuracyOf(task, measured.ours.answers[task.name]!));
  const ownFailures = own.reduce((sum, { failures }) => sum + failures.length, 0);
  const ownLargest = Math.max(...own.map(({ largestError }) => largestError ?? Infinity));
  return `# microlift beside its peers

<!-- Written by \`npm run bench:peers\` from what it measured (bench/peers/measured.json). Do not edit by hand. -->

${lead(measured, all, ownLargest, ownFailures)}

| peer | tasks that it has | its time, ours = 1: median (from – to) | largest error | inputs failed |
| --- | --- | --- | --- | --- |
| **microlift ${measured.ours.version}** | ${TASKS.length} of ${TASKS.length} | 1 | ${scientific(ownLargest)} | ${ownFailures} of ${inputCount(TASKS)} |
${names.map((name) => peerRow(name, measured.peers[name]!, all)).join("\n")}

A time of 20 says that the peer takes twenty times as long for a call; below 1 the peer is faster. A call from Python or R pays
for its interpreter and the checks of its arguments; where SciPy and R are given whole columns, they take far less for a
value, and the tables below show that too ("in columns"). An error is relative to the true value, the largest over the
inputs of a task, among answers with at least three digits right; an input with an answer worse than that, not a number, or
an exception counts as failed. jstat and @stdlib have no upper tails: for these, 1 − cdf was asked, as their users write it.

What is not in the table: peers have much that this library leaves to them (regression, survival, time to event,
Bayesian models of any shape, group-sequential designs with adaptation in rpact, meta-regression in metafor), and years of
use by many people.
${absent.length > 0 ? `\n${ABSENT}${absent.join(", ")}.\n` : ""}
Measured on: ${measured.machine}; Node ${measured.node}; ${names
    .filter((name) => ENVIRONMENTS[name] !== "npm")
    .map((name) => `${name} ${measured.peers[name]!.version}`)
    .join(", ")}; from npm ${names
    .filter((name) => ENVIRONMENTS[name] === "npm")
    .map((name) => `${name} ${measured.peers[name]!.version}`)
    .join(
      ", ",
    )}. The command is \`npm run bench:peers\`; peers that are not installed are left out. True values:
mpmath at 50 digits, [how](../bench/peers/truth.py), with [the inputs](../bench/peers/tasks.json) and [all that was
measured](../bench/peers/measured.json).

${[...new Set(TASKS.map(({ group }) => group))].map((group) => section(group, all, measured)).join("\n\n")}
`;
}

/** For the terminal: a line for each peer. */
export function summaryLines(measured: Measured): string[] {
  const all = besides(measured);
  return Object.keys(measured.peers).map((name) => {
    const cells = peerCells(name, all);
    return `${name}: ${cells.tasks}; its time, ours = 1: ${cells.time}; largest error ${cells.error}; failed ${cells.failed}`;
  });
}

function lead(measured: Measured, all: readonly Beside[], largest: number, failures: number): string {
  const faster = all.filter(({ timeRatio }) => timeRatio < 1);
  const fasterAndRight = faster.filter(({ accuracy }) => isRight(accuracy));
  const names = Object.keys(measured.peers);
  const failing = all.filter(({ accuracy }) => accuracy.failures.length > 0);
  return `On the same ${inputCount(TASKS)} inputs of ${TASKS.length} tasks, from ordinary tests to hard corners, the largest error of
microlift is ${scientific(largest)}, and it fails on ${failures === 0 ? "none" : failures}. Of ${names.length} peers, ${
    new Set(failing.map(({ peer }) => peer)).size
  } fail on some of the inputs they were given. Of ${all.length} times
compared, call by call, the peer is the faster one in ${faster.length}, and in ${fasterAndRight.length} of these with all answers right to
twelve digits${fasterAndRight.length === 0 ? "." : `: ${fasterAndRight.map(({ peer, task, timeRatio }) => `${peer} in ${task.name} (${timesText(timeRatio)})`).join(", ")}.`}`;
}

function besides({ ours, peers }: Measured): Beside[] {
  return TASKS.flatMap((task) =>
    Object.entries(peers).flatMap(([peer, { answers }]) => {
      const theirs = answers[task.name];
      if (theirs === undefined) return [];
      return [beside(task, peer, ours.answers[task.name]!, theirs)];
    }),
  );
}

function beside(task: Task, peer: string, ours: TaskAnswers, theirs: TaskAnswers): Beside {
  return {
    task,
    peer,
    timeRatio: theirs.seconds / ours.seconds,
    arrayRatio: theirs.secondsInArrays === undefined ? null : theirs.secondsInArrays / ours.seconds,
    accuracy: accuracyOf(task, theirs),
  };
}

function peerRow(name: string, { version }: Peer, all: readonly Beside[]): string {
  const { tasks, time, error, failed } = peerCells(name, all);
  return `| ${name} ${version} | ${tasks} | ${time} | ${error} | ${failed} |`;
}

function peerCells(
  name: string,
  all: readonly Beside[],
): Record<"tasks" | "time" | "error" | "failed", string> {
  const own = all.filter(({ peer }) => peer === name);
  const ratios = own.map(({ timeRatio }) => timeRatio).toSorted((a, b) => a - b);
  const middle = (ratios[(ratios.length - 1) >> 1]! + ratios[ratios.length >> 1]!) / 2;
  const errors = own.flatMap(({ accuracy }) => accuracy.largestError ?? []);
  const failures = own.reduce((sum, { accuracy }) => sum + accuracy.failures.length, 0);
  return {
    tasks: `${own.length} of ${TASKS.length}`,
    time:
      ratios.length === 1
        ? timesText(middle)
        : `${timesText(middle)} (${timesText(ratios[0]!)} – ${timesText(ratios.at(-1)!)})`,
    error: errors.length === 0 ? "none right" : scientific(Math.max(...errors)),
    failed: `${failures} of ${inputCount(own.map(({ task }) => task))}`,
  };
}

function section(group: string, all: readonly Beside[], { ours }: Measured): string {
  const tasks = TASKS.filter((task) => task.group === group);
  const rows = tasks.flatMap((task) => {
    const accuracy = accuracyOf(task, ours.answers[task.name]!);
    const own = `| **${task.name}** | microlift | 1 | | ${errorText(accuracy)} | ${failedText(task, accuracy)} |`;
    return [own, ...all.filter((one) => one.task === task).map(besideRow)];
  });
  return `## ${group}

| task | who | time | in columns | largest error | failed on |
| --- | --- | --- | --- | --- | --- |
${rows.join("\n")}`;
}

function besideRow({ task, peer, timeRatio, arrayRatio, accuracy }: Beside): string {
  const columns = arrayRatio === null ? "" : timesText(arrayRatio);
  return `| | ${peer} | ${timesText(timeRatio)} | ${columns} | ${errorText(accuracy)} | ${failedText(task, accuracy)} |`;
}

const errorText = ({ largestError }: Accuracy): string =>
  largestError === null ? "none right" : scientific(largestError);

function failedText(task: Task, { failures }: Accuracy): string {
  if (failures.length === 0) return "";
  const shown = failures.slice(0, 3).map(({ input, answer, truth }) => {
    const given = task.arguments.map((name, i) => `${name} = ${inputText(input[i])}`).join(", ");
    return `${given}: ${answer.replaceAll("|", "/")}, true ${truth}`;
  });
  const more = failures.length > shown.length ? [`${failures.length - shown.length} more`] : [];
  return `${failures.length} of ${task.inputs.length}: ${[...shown, ...more].join("; ")}`;
}

function inputText(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 40 ? "…" : text;
}

const inputCount = (tasks: readonly Task[]): number =>
  tasks.reduce((sum, { inputs }) => sum + inputs.length, 0);

const scientific = (error: number): string => (error === 0 ? "0" : error.toExponential(0));

/** Two digits; ratios of one machine are no better. */
const timesText = (ratio: number): string =>
  ratio >= 100 ? Number(ratio.toPrecision(2)).toLocaleString("en-US") : String(Number(ratio.toPrecision(2)));
