import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publicFunctions } from "../../support/public-functions.ts";
import { chart } from "../../../src/report/charts/chart.ts";
import type { Chart, Job, Row, Table } from "../job.ts";
import type { MeasuredTest } from "../record-errors.ts";
import { REFERENCES, type ReferenceTests } from "../references.ts";
import { WITHOUT_REFERENCE } from "../without-reference.ts";

/** Each public function beside values that others computed, with the largest error that its tests see. */
export const references: Job = {
  id: "references",
  title: "Public functions against values from outside",
  section: "Right numbers",
  about:
    "Each public function is held against values that other software computed, or closed forms, sums and quadrature with many digits; scripts and values stand in [test/reference](../test/reference). What is shown is the largest error that the tests named see, relative to the value (to the width of an interval where an end is near 0; logs of densities, which cross 0, to 1), and the limit of that test. An error above 1e-10 says why: the other side's precision, or ours.",
  seconds: 60,
  reads: [
    ...["core", "numerics", "summaries", "models", "inference", "planning"].map((floor) => `src/${floor}`),
    ...["bayesian", "sequential", "proxy", "experiment"].map((floor) => `src/${floor}`),
    "test/reference",
    "test/support",
    ...new Set(REFERENCES.map(({ file }) => `test/${file}.test.ts`)),
  ],
  run: async (progress) => {
    const measured = await measure(progress);
    const rows = REFERENCES.flatMap((reference) => referenceRows(reference, measured));
    const named = new Set(REFERENCES.flatMap(({ functions }) => functions));
    const values = measured.reduce((sum, test) => sum + test.values, 0);
    const tightest = measured.filter(({ isTight }) => isTight);
    const largest = Math.max(...tightest.map((test) => test.largest.error));
    return {
      finding: `${named.size} of ${publicFunctions.length} public functions are held against ${values.toLocaleString("en-US")} values from outside. Where the limit is 1e-10 or less, which is so for ${tightest.reduce((sum, test) => sum + test.values, 0).toLocaleString("en-US")} of them, the largest error is ${largest.toExponential(1)}; the other rows say why they are no closer.`,
      tables: [{ title: "Largest errors seen", columns: COLUMNS, rows }, withoutReference()],
      charts: [errorChart(measured)],
    };
  },
};

/** Above this a row has to say why. */
const FEW_DIGITS = 1e-10;

const COLUMNS = ["function", "values from", "tests", "values", "largest error", "limit", "why not smaller"];

/** A row for limits that ask for digits, and one for those that other software's precision allows no smaller. */
function referenceRows(reference: ReferenceTests, measured: readonly MeasuredTest[]): Row[] {
  const { functions, file, tests, part } = reference;
  const own = measured.filter((test) => test.file === file && tests.test(test.test));
  if (own.length === 0) throw new Error(`no test of ${file} is called ${tests.source}`);
  const name = `${shortened(functions)}${part === undefined ? "" : `: ${part}`}`;
  return [true, false].flatMap((isTight) => {
    const group = own.filter((test) => test.isTight === isTight);
    return group.length === 0 ? [] : [groupRow(name, reference, group)];
  });
}

function groupRow(name: string, reference: ReferenceTests, group: readonly MeasuredTest[]): Row {
  const { source, file, fewDigits } = reference;
  const { error, limit } = group
    .map(({ largest }) => largest)
    .reduce((most, one) => (one.error > most.error ? one : most));
  const values = group.reduce((sum, test) => sum + test.values, 0);
  const isCoarse = error > FEW_DIGITS;
  if (isCoarse && fewDigits === undefined)
    throw new Error(`${file} is off by ${error}, and nothing says why`);
  const figure = error === 0 ? "0" : error.toExponential(1);
  const tests = `[${file.split("/")[1]}](../test/${file}.test.ts)`;
  return {
    cells: [name, source, tests, String(values), figure, limit.toExponential(0), isCoarse ? fewDigits! : ""],
    check: {
      claim: `${name} against ${source}`,
      figure,
      limit: limit.toExponential(0),
      within: group.every(({ isWithin }) => isWithin),
    },
  };
}

/** `beta.cdf`, `beta.sf` as "beta: cdf, sf". */
function shortened(functions: readonly string[]): string {
  const owners = [...new Set(functions.map((name) => name.split(".")[0]!))];
  return owners
    .map((owner) => {
      const members = functions
        .filter((name) => name.startsWith(`${owner}.`))
        .map((name) => name.split(".")[1]);
      return members.length === 0 ? `\`${owner}\`` : `\`${owner}\` ${members.join(", ")}`;
    })
    .join("; ");
}

const AREAS: Readonly<Record<string, string>> = {
  numerics: "distributions",
  properties: "calls of all kinds",
  experiment: "documents",
};

/** How many tests see which error at most, by area: where the limit is 1e-10 or less. */
function errorChart(measured: readonly MeasuredTest[]): Chart {
  const tight = measured.filter(({ isTight }) => isTight);
  // What agrees in every bit has no place on a scale of logs; half a unit of the last digit is the same.
  const decades = tight.map(({ file, largest }) => {
    const folder = file.split("/")[0]!;
    return {
      area: AREAS[folder] ?? folder,
      decade: Math.max(-16, Math.floor(Math.log10(Math.max(largest.error, 1e-16)))),
    };
  });
  const cells = new Map<string, { area: string; decade: number; tests: number }>();
  for (const { area, decade } of decades) {
    const key = `${area} ${decade}`;
    cells.set(key, { area, decade, tests: (cells.get(key)?.tests ?? 0) + 1 });
  }
  const below = (bound: number): number => decades.filter(({ decade }) => decade < bound).length;
  const share = Math.floor((100 * below(-12)) / decades.length);
  const finding = `${share} % of the tests see no error above 1e-12`;
  return {
    name: "reference-errors",
    alt: `${finding}: numbers of tests by the largest error they see, from 1e-16 to 1e-10, for each part of the library.`,
    spec: chart(
      {
        finding: `${finding}.`,
        detail:
          "Numbers of tests against values from outside that have the digits, by the decade of the largest error seen",
        description: "Errors are those of the table below.",
      },
      {
        width: 460,
        height: { step: 28 },
        data: { values: [...cells.values()] },
        encoding: {
          x: {
            field: "decade",
            type: "ordinal",
            title: "largest error, 10 to the power of … and up to ten times that",
            axis: { labelAngle: 0 },
          },
          y: { field: "area", type: "nominal", title: null },
        },
        layer: [
          {
            mark: "rect",
            encoding: {
              color: {
                field: "tests",
                type: "quantitative",
                scale: { type: "log", scheme: "greys" },
                legend: null,
              },
            },
          },
          {
            mark: { type: "text" },
            encoding: {
              text: { field: "tests", type: "quantitative" },
              color: { condition: { test: "datum.tests > 30", value: "white" }, value: "black" },
            },
          },
        ],
      },
    ),
  };
}

function withoutReference(): Table {
  return {
    title: "Public functions without values from outside, and why",
    columns: ["functions", "why", "held by"],
    rows: WITHOUT_REFERENCE.map(({ functions, why, tests }) => ({
      cells: [
        functions.map((name) => `\`${name}\``).join(", "),
        why,
        tests.map((file) => `[${file.split("/")[1]}](../test/${file}.test.ts)`).join(", "),
      ],
    })),
  };
}

/** Runs the tests with a setup that notes every comparison, in a process of their own. */
async function measure(progress: (share: number) => void): Promise<MeasuredTest[]> {
  const folder = mkdtempSync(join(tmpdir(), "references-"));
  const notes = join(folder, "measured.jsonl");
  const child = spawn(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", "--config", "vitest.validate.config.ts", "--reporter=tap-flat"],
    { env: { ...process.env, MEASURED_TESTS: notes }, stdio: ["ignore", "pipe", "inherit"] },
  );
  let said = "";
  child.stdout.on("data", (part: Buffer) => {
    said += part.toString();
    progress(0);
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (exitCode !== 0 && !said.includes("not ok"))
    throw new Error(`vitest ended with ${exitCode}: ${said.slice(-2000)}`);
  const measured = readFileSync(notes, "utf8").trim().split("\n");
  rmSync(folder, { recursive: true });
  return measured.map((line) => JSON.parse(line) as MeasuredTest);
}
