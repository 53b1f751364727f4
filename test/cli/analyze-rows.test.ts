import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDuckDb } from "../../src/cli/duckdb-store.ts";
import { duckDb } from "../../src/cli/peers.ts";
import { fromJson } from "../../src/core/json.ts";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import type { ExperimentData } from "../../src/experiment/experiment-data.ts";
import { cli, type Run } from "../support/command-line.ts";
import { roundedJson } from "../support/rounded-json.ts";

const UNITS = 40;
const EXPOSURES = Array.from({ length: UNITS }, (_, i) => {
  return { at: `2026-03-0${1 + (i % 5)} 10:00:00`, id: `u${i}`, variant: i % 2 === 0 ? "A" : "B" };
});
const EVENTS = EXPOSURES.filter((_, i) => i % 3 === 0).flatMap(({ id, at }, i) => [
  { at: at.replace("10:", "11:"), id, name: "cart", amount: null },
  ...(i % 2 === 0 ? [{ at: at.replace("10:", "12:"), id, name: "order", amount: 20 + i }] : []),
]);
const CONFIG = {
  name: "Checkout",
  control: "A",
  metrics: [
    { name: "sale", role: "macro", kind: "proportion" },
    { name: "revenue", role: "secondary", kind: "mean" },
  ],
  rows: {
    source: { exposures: { table: "exposures" }, events: { table: "events", event: "name" } },
    unit: "id",
    arm: "variant",
    time: "at",
    measures: [
      { metric: "sale", event: "order" },
      { metric: "revenue", event: "order", value: "amount" },
    ],
  },
};
type Config = typeof CONFIG;
const READING = "Read as of 2026-03-05 12:00 UTC, the last moment in the rows; rows.readAt sets another\n";

let folder = "";
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "microlift-rows-"));
  mkdirSync(at("parts"));
  writeFileSync(at("exposures.csv"), csv(EXPOSURES));
  writeFileSync(at("events.csv"), csv(EVENTS));
  writeFileSync(at("events.ndjson"), EVENTS.map((row) => `${JSON.stringify(row)}\n`).join(""));
  writeFileSync(at("exposures.tsv.gz"), gzipSync(csv(EXPOSURES, "\t")));
  for (const part of [0, 1, 2]) {
    writeFileSync(at(`parts/events-${part}.csv`), csv(EVENTS.filter((_, i) => i % 3 === part)));
  }
  const instance = await DuckDBInstance.create(at("shop.duckdb"));
  const connection = await instance.connect();
  for (const table of ["exposures", "events"]) {
    await connection.run(`CREATE TABLE ${table} AS SELECT * FROM read_csv('${at(`${table}.csv`)}')`);
    await connection.run(`COPY ${table} TO '${at(`${table}.parquet`)}'`);
  }
  await connection.run(
    `CREATE VIEW all_rows AS SELECT *, NULL AS name, NULL AS amount FROM exposures UNION ALL BY NAME SELECT * FROM events`,
  );
  await connection.run(`COPY all_rows TO '${at("all.parquet")}'`);
  await connection.run(`CREATE VIEW elsewhere AS SELECT * FROM '${at("exposures.parquet")}'`);
  connection.closeSync();
  instance.closeSync();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function csv(rows: readonly object[], separator = ","): string {
  const lines = rows.map((row) => Object.values(row).join(separator));
  return `${[Object.keys(rows[0]!).join(separator), ...lines].join("\n")}\n`;
}

/** Runs `analyze` over rows with a configuration of its own. */
async function analyze(words: readonly string[], config: unknown = CONFIG, options: readonly string[] = []) {
  writeFileSync(at("config.json"), JSON.stringify(config));
  return cli(["analyze", ...words, "--config", at("config.json"), ...options], "", { duckDb });
}

function changed(change: (config: Config) => unknown): Config {
  const config = structuredClone(CONFIG);
  change(config);
  return config;
}

/** The one line that a command says of what is wrong, without the folder of the test. */
function said({ code, out, err, files }: Run): string {
  expect([code, out, files.size]).toEqual([1, "", 0]);
  expect(err.trimEnd().split("\n")).toHaveLength(1);
  return err
    .replaceAll(`${folder}/`, "")
    .replace(/^microlift: (config\.json: )?/, "")
    .trimEnd();
}

const BOTH = (exposures: string, events: string): string[] => [
  `exposures=${at(exposures)}`,
  `events=${at(events)}`,
];

describe("rows", () => {
  let document: ExperimentData;
  beforeAll(async () => {
    const { out } = await analyze(BOTH("exposures.csv", "events.csv"), CONFIG, ["--document", "-"]);
    document = fromJson(out) as ExperimentData;
  });

  it("become the data document that their counts make", () => {
    const buyers = new Set(EVENTS.filter(({ name }) => name === "order").map(({ id }) => id));
    const arms = ["A", "B"].map((variant) => {
      const units = EXPOSURES.filter((row) => row.variant === variant);
      return { name: variant, n: units.length, conversions: units.filter(({ id }) => buyers.has(id)).length };
    });
    const found = document.arms.map(({ name, n, results }) => {
      const sale = results.find(({ metric }) => metric === "sale")!;
      return { name, n, conversions: (sale as { conversions: number }).conversions };
    });
    expect(found).toEqual(arms);
  });

  it.each<[string, () => string[], Config?]>([
    ["Parquet and JSON lines", () => BOTH("exposures.parquet", "events.ndjson")],
    ["gzipped tables and a pattern", () => BOTH("exposures.tsv.gz", "parts/*.csv")],
    [
      "several files of a table",
      () => [
        ...BOTH("exposures.csv", "parts/events-0.csv"),
        ...["1", "2"].map((i) => `events=${at(`parts/events-${i}.csv`)}`),
      ],
    ],
    ["a database", () => [at("shop.duckdb")]],
    [
      "a file of all rows",
      () => [at("all.parquet")],
      changed(({ rows }) => {
        Object.assign(rows.source.exposures, { where: [{ column: "variant", in: ["A", "B"] }] });
      }),
    ],
    [
      "tables with several names",
      () => [`shop.log.exposures=${at("exposures.csv")}`, `events=${at("events.csv")}`],
      changed(({ rows }) => {
        rows.source.exposures.table = "shop.log.exposures";
      }),
    ],
    [
      "columns in capitals",
      () => BOTH("exposures.csv", "events.csv"),
      changed(({ rows }) => void (rows.arm = "Variant")),
    ],
  ])("are the same from %s", async (_, words, config = CONFIG) => {
    const { out, err } = await analyze(words(), config, ["--document", "-"]);
    expect(err).toBe(READING);
    expect(roundedJson(fromJson(out))).toBe(roundedJson(document));
  });

  it("are read out, and the document is kept where it is asked for", async () => {
    const { code, out, files, err } = await analyze(BOTH("exposures.csv", "events.csv"), CONFIG, [
      "--document",
      "data.json",
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Checkout\n/);
    // DuckDB sums in the order its threads come in, so two runs may differ by the last bit.
    expect(roundedJson(fromJson(files.get("data.json")!))).toBe(roundedJson(document));
    expect(err).toBe(`Written as a data document to data.json\n${READING}`);
    const again = await cli(["analyze", "-"], files.get("data.json"));
    expect(again.out).toBe(out);
  });

  it("with ids as numbers in one file and as texts in another go together, zeros in front too", async () => {
    const numbered = (id: string): string => id.replace("u", "00");
    writeFileSync(at("numbers.csv"), csv(EXPOSURES.map((row) => ({ ...row, id: numbered(row.id) }))));
    const texts = EVENTS.map((row) => JSON.stringify({ ...row, id: numbered(row.id) }));
    writeFileSync(at("texts.ndjson"), texts.join("\n"));
    const { out } = await analyze(BOTH("numbers.csv", "texts.ndjson"), CONFIG, ["--document", "-"]);
    expect(roundedJson(fromJson(out))).toBe(roundedJson(document));
  });

  it("of several experiments are read out one after the other", async () => {
    const named = [
      ...EXPOSURES.map((row) => ({ ...row, test: "one" })),
      ...EXPOSURES.map((row) => ({ ...row, test: "two" })),
    ];
    writeFileSync(at("tests.csv"), csv(named));
    const config = changed((own) => {
      Object.assign(own.rows, { experiment: "test" });
      Object.assign(own, { name: undefined });
    });
    const { code, out } = await analyze(BOTH("tests.csv", "events.csv"), config, ["--ndjson"]);
    expect(code).toBe(0);
    const readouts = out
      .trimEnd()
      .split("\n")
      .map((line) => fromJson(line) as { name: string; treatments: unknown });
    expect(readouts.map(({ name }) => name)).toEqual(["one", "two"]);
    const { treatments } = analyzeExperiment(document);
    for (const readout of readouts) expect(roundedJson(readout.treatments)).toBe(roundedJson(treatments));
  });

  it("of a file with a name like a pattern are of that file alone", async () => {
    writeFileSync(at("e*[1]?.csv"), csv(EVENTS));
    const { out } = await analyze(BOTH("exposures.csv", "e*[1]?.csv"), CONFIG, ["--document", "-"]);
    expect(roundedJson(fromJson(out))).toBe(roundedJson(document));
  });

  it("leave nothing behind but what was asked for", async () => {
    const own = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith("microlift-duckdb-"));
    const before = own();
    await analyze(BOTH("exposures.csv", "events.csv"));
    await analyze(BOTH("exposures.csv", "nowhere.csv"));
    expect(own()).toEqual(before);
  });
});

describe("a statement", () => {
  it.each([
    ["analyze", ["--sql"], /^WITH[\s\S]*epoch_us\(/],
    ["analyze", ["--sql", "--dialect", "bigquery"], /^WITH[\s\S]*UNIX_MICROS\(/],
    ["analyze", ["postgres://", "--sql"], /^WITH[\s\S]*EXTRACT\(EPOCH FROM/],
    ["sql", ["--dialect", "postgres"], /^WITH[\s\S]*EXTRACT\(EPOCH FROM/],
  ])("is printed by %s %j", async (command, options, pattern) => {
    const { code, out, err } = await cli([command, "--config", "-", ...options], JSON.stringify(CONFIG));
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(pattern);
  });

  it.each([
    [["sql", "--dialect", "postgres"], "required option '--config <file>' not specified"],
    [["sql", "--config", "-"], "required option '--dialect <dialect>' not specified"],
    [["sql", "--config", "-", "--dialect", "mysql"], "Allowed choices are duckdb, postgres,"],
    [["analyze", "--sql"], "--sql needs --config"],
    [["analyze", "x.csv"], "x.csv holds rows: say what they mean by --config FILE"],
    [["analyze", "a.json", "b.json"], "b.json holds rows: say what they mean by --config FILE"],
    [["analyze", "x.csv", "--config", "-", "--control", "1/2"], "cannot be used with"],
    [["analyze", "x.csv", "--config", "-", "--document", "x", "--html", "x"], "both name x"],
  ])("is not asked for by %j", async (args, message) => {
    const { code, out, err } = await cli(args, JSON.stringify(CONFIG));
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(message);
  });
});

describe("a file of rows that cannot be read", () => {
  beforeAll(() => {
    writeFileSync(at("broken.parquet"), "PAR1 but no more");
    writeFileSync(at("broken.csv.gz"), "no gzip");
    writeFileSync(at("short.csv.gz"), gzipSync(csv(EXPOSURES)).subarray(0, -20));
    writeFileSync(at("empty.csv"), "");
    writeFileSync(at("header.csv"), "at,id,variant\n");
    const late = [...EXPOSURES, ...Array.from({ length: 30_000 }, () => EXPOSURES[0]!)];
    writeFileSync(at("late.csv"), `${csv(late)}tomorrow,u1,A\n`);
  });

  it.each<[string[], string | RegExp]>([
    [
      ["exposures=exposure.csv"],
      'cannot read exposure.csv: there is no such file (did you mean "exposures.csv"?)',
    ],
    [["exposures=no*.csv"], "cannot read no*.csv: no file matches it"],
    [
      ["exposures=exposures.csv", "exposures=expo*s.csv"],
      'exposures.csv is named twice for "exposures": its rows would count twice',
    ],
    [["exposures=parts"], "cannot read parts: it is a folder; name its files, as in 'parts/*.parquet'"],
    [["exposures=config.json.xlsx"], /^cannot read config\.json\.xlsx: there is no such file/],
    [["exposures=shop.duckdb"], /^cannot read rows from shop\.duckdb: names of files end in \.parquet/],
    [
      ["exposures=broken.parquet"],
      /^DuckDB cannot read broken\.parquet: Invalid Input Error: No magic bytes/,
    ],
    [["exposures=broken.csv.gz"], "cannot read broken.csv.gz: it is no sound file of gzip"],
    [["exposures=short.csv.gz"], "cannot read short.csv.gz: it was cut short"],
    [["exposures=empty.csv"], "cannot read empty.csv: it is empty"],
    [["exposures=header.csv"], "header.csv holds no rows"],
    [["exposures=late.csv"], /^DuckDB cannot read late\.csv, events\.csv: .* on Line: 30042 .*tomorrow/],
    [
      ["exposures=exposures.csv", "exposures=exposures.parquet"],
      /^the files of "exposures" must all be of one format/,
    ],
    [["exposure=exposures.csv"], '"exposure" is no table of the configuration (did you mean "exposures"?)'],
    [[], 'no file holds the rows of "exposures": name it as exposures=FILE'],
  ])("is told by its name: %j", async (words, message) => {
    const placed = words.map((word) => word.replace("=", `=${folder}/`));
    const line = said(await analyze([...placed, `events=${at("events.csv")}`]));
    if (typeof message === "string") expect(line).toBe(message);
    else expect(line).toMatch(message);
  });

  it.each<[string[], string | RegExp]>([
    [[], "--config says what rows mean: name the files that hold them"],
    [["-"], "rows come from files, and not from standard input"],
    [
      ["s3://shop/events.parquet"],
      /^cannot read s3:\/\/shop\/events.parquet: rows are read from files of this machine/,
    ],
    [["broken.duckdb"], /^cannot read broken\.duckdb: there is no such file/],
    [["shop.duckdb", "x.csv"], "shop.duckdb holds all tables: name no other rows beside it"],
  ])("is told by what it is: %j", async (words, message) => {
    const line = said(await analyze(words.map((word) => (word.endsWith("duckdb") ? at(word) : word))));
    if (typeof message === "string") expect(line).toBe(message);
    else expect(line).toMatch(message);
  });

  it("names what to install where there is no engine", async () => {
    const config = JSON.stringify(CONFIG);
    for (const [word, peer] of [
      ["x.csv", "@duckdb/node-api"],
      ["postgres://", "pg"],
    ] as const) {
      const { code, err } = await cli(["analyze", word, "--config", "-"], config);
      expect(code).toBe(1);
      expect(err).toContain(`npm install ${peer}`);
    }
  });
});

describe("a configuration that does not fit its rows", () => {
  it.each<[string, (config: Config) => unknown, string | RegExp]>([
    [
      "a column",
      ({ rows }) => (rows.arm = "varient"),
      'rows.arm = "varient", is no column of exposures.csv (did you mean "variant"?)',
    ],
    [
      "a column of a measure",
      ({ rows }) => (rows.measures[1]!.value = "price"),
      'rows.measures[1].value = "price", is no column of events.csv, which has "at", "id", "name", "amount"',
    ],
    [
      "a time in text",
      ({ rows }) => (rows.time = "id"),
      'rows.time = "id", holds VARCHAR in exposures.csv: write {"column": "id", "isText": true} for times in text',
    ],
    [
      "a time as a number",
      ({ rows }) => void (rows.measures[1]!.value = "at"),
      'rows.measures[1].value = "at", holds TIMESTAMP in events.csv: a number is wanted',
    ],
    [
      "a text as a number",
      ({ rows }) => void (rows.measures[1]!.value = "id"),
      /^rows\.measures\[1\]\.value = "id", holds VARCHAR in events\.csv; DuckDB cannot read .*Could not convert string 'u0'/,
    ],
    [
      "an arm",
      (config) => (config.control = "a"),
      'control = "a", is no arm in exposures.csv: it must be one of "A", "B" (did you mean "A"?)',
    ],
    [
      "an arm of the plan",
      (config) => Object.assign(config, { control: undefined, metrics: undefined, plan: plan(["C"]) }),
      'plan.treatments[0] = "C", is no arm in exposures.csv: it must be one of "A", "B"',
    ],
    [
      "one arm alone",
      ({ rows }) => Object.assign(rows.source.exposures, { where: [{ column: "variant", in: ["A"] }] }),
      'exposures.csv: all rows are of the arm "A"',
    ],
    [
      "no arm",
      ({ rows }) => Object.assign(rows.source.exposures, { where: [{ column: "variant", in: ["D"] }] }),
      "exposures.csv: no row names an arm (config.json: rows.arm)",
    ],
    [
      "an arm of which no unit counts",
      ({ rows }) => Object.assign(rows, { readAt: "2020-01-01T00:00:00Z" }),
      /^exposures\.csv: no unit of the arm "A" counts/,
    ],
    [
      "several experiments",
      ({ rows }) => Object.assign(rows, { experiment: "at" }),
      /^rows\.experiment names \d experiments/,
    ],
    [
      "a kind",
      (config) => (config.metrics[0]!.kind = "proporton"),
      /^metrics\[0\]\.kind = "proporton", must be one of/,
    ],
    ["a field of a document", (config) => Object.assign(config, { alpha: 2 }), /^alpha = 2, must/],
  ])("is told by the path of %s", async (_, change, message) => {
    const line = said(await analyze(BOTH("exposures.csv", "events.csv"), changed(change)));
    if (typeof message === "string") expect(line).toBe(message);
    else expect(line).toMatch(message);
  });

  function plan(treatments: readonly string[]): object {
    const [sale, revenue] = CONFIG.metrics;
    return {
      name: "Checkout",
      control: "A",
      treatments,
      metrics: [{ ...sale, baseline: 0.1, lift: 0.1 }, revenue],
    };
  }
});

describe("names in a configuration", () => {
  beforeAll(() => writeFileSync(at("secret.csv"), csv(EXPOSURES)));

  it.each([
    ["a file of the system", "/etc/passwd"],
    ["a file beside the rows", "secret.csv"],
    ["a view of another file", "elsewhere"],
    ["the end of a text", "x'); COPY (SELECT 1) TO 'out.csv'; --"],
    ["the end of a name", 'x"; DROP TABLE events; --'],
  ])("open no file and run nothing: %s", async (_, name) => {
    const table = [name === "secret.csv" ? at(name) : name];
    const config = changed(({ rows }) => Object.assign(rows.source.exposures, { table }));
    const before = readdirSync(folder);
    expect(said(await analyze([at("shop.duckdb")], config))).toMatch(/does not exist|Cannot access file/);
    expect(readdirSync(folder)).toEqual(before);
  });

  it("could do no more if one broke out: the engine is closed but for the files that were named", async () => {
    const files = new Map([["exposures", [at("exposures.csv")]]]);
    const store = await openDuckDb((await duckDb())!, { kind: "files", files }, new Map());
    const before = readdirSync(folder);
    try {
      for (const statement of [
        "SELECT 1; SELECT 2",
        `SELECT * FROM read_csv('${at("secret.csv")}')`,
        `SELECT * FROM '${at("secret.csv")}'`,
        "SELECT * FROM glob('/*')",
        `COPY (SELECT 1) TO '${at("out.csv")}'`,
        `COPY (SELECT 1) TO '${at("exposures.csv")}'`,
        `ATTACH '${at("shop.duckdb")}'`,
        "INSTALL httpfs",
        "SET enable_external_access = true",
        `SET allowed_paths = ['${at("secret.csv")}']`,
      ]) {
        await expect(store.query(statement).then(() => statement)).rejects.toThrow(/^DuckDB cannot read/);
      }
      expect(await store.query("SELECT COUNT(*) AS n FROM exposures")).toEqual([{ n: BigInt(UNITS) }]);
    } finally {
      await store.close();
    }
    expect(readdirSync(folder)).toEqual(before);
    expect(readFileSync(at("exposures.csv"), "utf8")).toBe(csv(EXPOSURES));
  });
});
