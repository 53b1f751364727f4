import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TimeColumn } from "../../src/warehouse/summary-options.ts";
import { type Changes, CLEAN, exposure, type Outcome, outcomeOf, sale } from "../support/dirty-experiment.ts";
import { openDuckDb, openPglite, type SqlEngine } from "../support/sql-engines.ts";
import type { ColumnType } from "../support/sql-tables.ts";

const CLEAN_ARMS = { A: [10, 4], B: [10, 4] } as const;

interface Dirt extends Changes {
  readonly dirt: string;
  /** Counts above 0, by their check. */
  readonly found: Outcome["found"];
  /** What the page says of them. */
  readonly says: string;
  /** Units and sales of the arms, where they are not those of the clean experiment. */
  readonly arms?: Outcome["arms"];
}

const DIRT: readonly Dirt[] = [
  {
    dirt: "later exposures in the same arm",
    exposures: [
      exposure("u1", "A", "2026-03-02 00:00:00", "phone"),
      exposure("u1", "A", "2026-03-03 00:00:00"),
    ],
    found: { "duplicate-exposures": 2 },
    says: "Later exposures of a unit in the same arm: 2 (9.09 % of the exposures). The first exposure of a unit counts.",
  },
  {
    dirt: "a unit in both arms, which had bought",
    exposures: [exposure("u1", "B", "2026-03-02 00:00:00")],
    found: { "units-in-several-arms": 1 },
    says: "Units in several arms: 1 (5 % of the units). They are left out of every arm.",
    arms: { A: [9, 3], B: [10, 4] },
  },
  {
    dirt: "exposures without an id: null, empty, blank",
    exposures: [exposure(null, "A"), exposure("", "A"), exposure("  ", "B")],
    found: { "exposures-without-unit": 3 },
    says: "Exposures without a unit: 3 (13 % of the exposures). They are left out.",
  },
  {
    dirt: "exposures without an arm: null, empty, blank",
    exposures: [exposure("u21", null), exposure("u22", ""), exposure("u23", " ")],
    found: { "exposures-without-arm": 3 },
    says: "Exposures without an arm: 3 (13 % of the exposures). They are left out.",
  },
  {
    dirt: "exposures in an arm of another case, and in one that nobody planned",
    exposures: [exposure("u21", "a"), exposure("u22", "holdout")],
    found: { "exposures-in-other-arms": 2 },
    says: "Exposures in other arms: 2 (9.09 % of the exposures). They are left out, since the experiment does not name their arm.",
  },
  {
    dirt: "an exposure without a time",
    exposures: [exposure("u21", "A", null)],
    found: { "exposures-without-time": 1 },
    says: "Exposures without a time: 1 (4.76 % of the exposures). They are left out, since no event could be placed after them.",
  },
  {
    dirt: "an exposure after the reading",
    exposures: [exposure("u21", "A", "2026-03-20 00:00:01")],
    found: { "exposures-after-reading": 1 },
    says: "Exposures after the reading: 1 (4.76 % of the exposures). They are left out.",
  },
  {
    dirt: "sales without an id: null, empty, blank",
    events: [sale(null), sale(""), sale(" ")],
    found: { "events-without-unit": 3 },
    says: "Events without a unit: 3 (27.3 % of the events). They are left out.",
  },
  {
    dirt: "a sale without a time",
    events: [sale("u9", null)],
    found: { "events-without-time": 1 },
    says: "Events without a time: 1 (11.1 % of the events). They are left out.",
  },
  {
    dirt: "sales to units that were never exposed",
    events: [sale("u98"), sale("u99")],
    found: { "events-of-others": 2 },
    says: "Events of others: 2 (20 % of the events). They are left out, since their units were never exposed.",
  },
  {
    dirt: "sales before the exposure, one by a microsecond",
    events: [sale("u9", "2026-02-01 00:00:00"), sale("u10", "2026-03-01 11:59:59.999999")],
    found: { "events-before-exposure": 2 },
    says: "Events before the exposure of their unit: 2 (20 % of the events of units in the test). They are left out.",
  },
  {
    dirt: "a sale at the moment of the exposure, which counts",
    events: [sale("u9", "2026-03-01 12:00:00")],
    found: {},
    says: "No row was left out or changed.",
    arms: { A: [10, 5], B: [10, 4] },
  },
  {
    dirt: "late sales: at the end of the window and after it",
    events: [sale("u9", "2026-03-08 12:00:00"), sale("u10", "2026-03-08 11:59:59.999999")],
    found: { "events-after-window:sale": 1, "events-after-window:revenue": 1 },
    says: 'Events after the window of "sale": 1 (10 % of its events). They are left out.',
    arms: { A: [10, 4], B: [10, 5] },
  },
  {
    dirt: "a sale after the reading",
    events: [sale("u9", "2026-03-20 00:00:01")],
    found: { "events-after-reading": 1 },
    says: "Events after the reading: 1 (11.1 % of the events). They are left out.",
  },
  {
    dirt: "values that are null, NaN and infinite",
    events: [sale("u9", undefined, null), sale("u10", undefined, "NaN"), sale("u11", undefined, "Infinity")],
    found: { "values-missing:revenue": 3 },
    says: 'Values missing in "revenue": 3 (27.3 % of its values). They count as 0.',
    arms: { A: [10, 6], B: [10, 5] },
  },
  {
    dirt: "units whose window is still open",
    exposures: [exposure("u21", "A", "2026-03-13 00:00:01"), exposure("u22", "B", "2026-03-13 00:00:00")],
    found: { "immature-units:sale": 1, "immature-units:revenue": 1 },
    says: 'Units whose window is still open in "sale": 1 (4.55 % of the units). They are not in the n of the metric.',
    arms: { A: [11, 4], B: [11, 4] },
  },
];

/** Ways of writing the same instant, given as clocks show it in UTC. */
const TIMES: readonly {
  readonly times: string;
  readonly type: ColumnType;
  readonly time: TimeColumn;
  readonly write: (clock: string) => string | number;
}[] = [
  {
    times: "texts with offsets",
    type: "text",
    time: { column: "at", isText: true },
    write: (clock) => `${shifted(clock, 2).slice(0, 19)}+02:00`,
  },
  {
    times: "texts in UTC",
    type: "text",
    time: { column: "at", isText: true },
    write: (clock) => shifted(clock, 0),
  },
  { times: "timestamps with time zones", type: "timestamptz", time: "at", write: (clock) => `${clock}+00` },
  {
    times: "timestamps by clocks of New York, where that is said",
    type: "timestamp",
    time: { column: "at", timeZone: "America/New_York" },
    write: (clock) => shifted(clock, -5).slice(0, 19),
  },
  {
    times: "seconds since 1970",
    type: "bigint",
    time: { column: "at", epoch: "seconds" },
    write: (clock) => Date.parse(shifted(clock, 0)) / 1000,
  },
  {
    times: "seconds since 1970 with decimals",
    type: "double precision",
    time: { column: "at", epoch: "seconds" },
    write: (clock) => Date.parse(shifted(clock, 0)) / 1000,
  },
  {
    times: "milliseconds since 1970",
    type: "bigint",
    time: { column: "at", epoch: "milliseconds" },
    write: (clock) => Date.parse(shifted(clock, 0)),
  },
  {
    times: "microseconds since 1970",
    type: "bigint",
    time: { column: "at", epoch: "microseconds" },
    write: (clock) => Date.parse(shifted(clock, 0)) * 1000,
  },
  { times: "days alone", type: "date", time: "at", write: (clock) => clock.slice(0, 10) },
];

/** A time as clocks so many hours ahead show it, in ISO 8601. */
function shifted(clock: string, hours: number): string {
  return new Date(Date.parse(`${clock}Z`) + hours * 3_600_000).toISOString();
}

describe.each([
  ["DuckDB", openDuckDb],
  ["PostgreSQL", openPglite],
])("in %s", (_name, open) => {
  let engine: SqlEngine;
  beforeAll(async () => {
    engine = await open();
  }, 60_000);
  afterAll(() => engine.close());

  it("clean rows are read as they are", async () => {
    const { found, arms, page } = await outcomeOf(engine);
    expect([found, arms]).toEqual([{}, CLEAN_ARMS]);
    expect(page).toContain("No row was left out or changed.");
  });

  it.each(DIRT)("$dirt", async ({ found, says, arms = CLEAN_ARMS, ...changes }) => {
    const outcome = await outcomeOf(engine, changes);
    expect(outcome.found).toEqual(found);
    expect(outcome.arms).toEqual(arms);
    expect(outcome.page).toContain(says);
  });

  it("a unit is in the segment of its first exposure", async () => {
    const { document } = await outcomeOf(engine, {
      exposures: [
        exposure("u1", "A", "2026-03-01 12:00:00.000001", "phone"),
        exposure("u21", "A", undefined, "phone"),
      ],
      description: { segmentations: [{ name: "device", column: "segment" }] },
    });
    expect(
      document.segmentations![0]!.segments.map(({ name, arms }) => [name, arms.map(({ n }) => n)]),
    ).toEqual([
      ["desktop", [10, 10]],
      ["phone", [1, 0]],
    ]);
  });

  it.each(TIMES)("times: $times", async ({ type, time, write }) => {
    const { found, arms } = await outcomeOf(engine, {
      instead: true,
      exposures: CLEAN.exposures.map((row) => ({ ...row, at: write(row["at"] as string) })),
      events: CLEAN.events.map((row) => ({ ...row, at: write(row["at"] as string) })),
      columns: { at: type },
      description: { time },
    });
    expect([found, arms]).toEqual([{}, CLEAN_ARMS]);
  });

  it("exposures by the clocks of India, and sales by UTC: the sales come before the exposure, which is warned of", async () => {
    const exposures = CLEAN.exposures.map((row) => ({ ...row, at: "2026-03-01 17:30:00" }));
    const { found, arms, readout } = await outcomeOf(engine, {
      instead: true,
      exposures,
      events: CLEAN.events,
    });
    expect(found).toEqual({ "events-before-exposure": 8 });
    expect(arms).toEqual({ A: [10, 0], B: [10, 0] });
    expect(readout.warnings.map(({ code }) => code)).toContain("EVENTS_BEFORE_EXPOSURE");

    const said = await outcomeOf(engine, {
      instead: true,
      exposures,
      events: CLEAN.events,
      description: {
        source: {
          exposures: { table: "exposures", time: { column: "at", timeZone: "Asia/Kolkata" } },
          events: { table: "events", event: "event" },
        },
      },
    });
    expect([said.found, said.arms]).toEqual([{}, CLEAN_ARMS]);
  });

  it("days of entry end at the midnights of a time zone, also on nights when clocks change", async () => {
    // In Berlin March 29 has 23 hours, from 23:00 to 22:00 in UTC.
    const { document } = await outcomeOf(engine, {
      instead: true,
      exposures: [
        exposure("u1", "A", "2026-03-28 22:59:59"),
        exposure("u2", "B", "2026-03-28 23:00:00"),
        exposure("u3", "A", "2026-03-29 21:59:59"),
        exposure("u4", "B", "2026-03-29 22:00:00"),
      ],
      description: { readAt: "2026-04-20T00:00:00Z", byDay: true, timeZone: "Europe/Berlin" },
    });
    expect(document.dailySeries![0]!.days.map(({ day, arms }) => [day, ...arms.map(({ n }) => n)])).toEqual([
      [1, 1, 0],
      [2, 1, 1],
      [3, 0, 1],
    ]);
  });

  it("a window is so many times 24 hours, also across a night when clocks change", async () => {
    const { found, arms } = await outcomeOf(engine, {
      instead: true,
      exposures: [exposure("u1", "A", "2026-03-28 12:00:00"), exposure("u2", "B", "2026-03-28 12:00:00")],
      // By clocks in Berlin an hour later of the day than the exposure, as both are.
      events: [sale("u1", "2026-04-04 12:30:00"), sale("u2", "2026-04-04 13:00:00")],
      description: { time: { column: "at", timeZone: "Europe/Berlin" }, readAt: "2026-04-20T00:00:00Z" },
    });
    expect(found).toEqual({ "events-after-window:sale": 1, "events-after-window:revenue": 1 });
    expect(arms).toEqual({ A: [1, 1], B: [1, 0] });
  });

  it.each([
    ["an hour that comes twice is the later one", "2026-10-25 02:30:00", "2026-10-25T01:30:00.000Z"],
    [
      "an hour that clocks leave out is read as if they had not",
      "2026-03-29 02:30:00",
      "2026-03-29T01:30:00.000Z",
    ],
  ])("by the clocks of a city %s", async (_what, at, instant) => {
    const read = Date.UTC(2026, 11, 1);
    const { document } = await outcomeOf(engine, {
      instead: true,
      exposures: [exposure("u1", "A", at), exposure("u2", "B", at)],
      description: {
        time: { column: "at", timeZone: "Europe/Berlin" },
        readAt: new Date(read).toISOString(),
      },
    });
    expect(new Date(read - document.days! * 86_400_000).toISOString()).toBe(instant);
  });

  it("a metric that nobody has is 0 in both arms, and is warned of", async () => {
    const { document, readout, page } = await outcomeOf(engine, {
      description: { metrics: [{ name: "sale", kind: "proportion", event: "sold" }] },
    });
    expect(document.dataQuality).toContainEqual({ check: "metric-events", metric: "sale", count: 0 });
    expect(readout.warnings.map(({ code }) => code)).toContain("METRIC_WITHOUT_EVENTS");
    expect(page).toContain('Nobody ever did "sale": is the name of its event right?');
  });

  it("values below 0 count as they are", async () => {
    const { document, found } = await outcomeOf(engine, { events: [sale("u1", undefined, -30)] });
    expect(found).toEqual({});
    expect(document.arms[0]!.results[1]).toMatchObject({ metric: "revenue", mean: 1 });
  });

  it.each(["integer", "bigint", "decimal(12, 2)", "double precision", "text"] as const)(
    "values may be of type %s",
    async (amount) => {
      const { document } = await outcomeOf(engine, { columns: { amount } });
      expect(document.arms.map(({ results }) => results[1])).toMatchObject([{ mean: 4 }, { mean: 4 }]);
    },
  );

  it("ids may be numbers", async () => {
    const { arms } = await outcomeOf(engine, {
      instead: true,
      exposures: CLEAN.exposures.map((row, i) => ({ ...row, unit: i })),
      events: CLEAN.events.map((row, i) => ({ ...row, unit: i })),
      columns: { unit: "bigint" },
    });
    expect(arms).toEqual(CLEAN_ARMS);
  });

  it("where no treatments are named every arm that is found is one: blanks around a name do not matter, its case does", async () => {
    const { arms, page } = await outcomeOf(engine, {
      exposures: [exposure("u21", " A "), exposure("u22", "a")],
      description: { treatments: undefined },
    });
    expect(arms).toEqual({ A: [11, 4], B: [10, 4], a: [1, 0] });
    expect(page).toContain('"a": the test cannot tell.');
  });

  it("an arm without units is in the read-out, and keeps the test running", async () => {
    const { arms, page } = await outcomeOf(engine, {
      instead: true,
      exposures: CLEAN.exposures.slice(0, 2).map((row) => ({ ...row, arm: "B" })),
    });
    expect(arms).toEqual({ A: [0, 0], B: [2, 0] });
    expect(page).toContain('"B": keep the test running.');
  });

  it("where no window is over yet there is no figure, and the test is kept running", async () => {
    const { found, document, page } = await outcomeOf(engine, {
      description: { readAt: "2026-03-02T00:00:00Z" },
    });
    expect(found).toEqual({ "immature-units:sale": 20, "immature-units:revenue": 20 });
    expect(document.arms[0]!.results[0]).toEqual({ metric: "sale", n: 0, conversions: 0 });
    expect(page).toContain('"B": keep the test running.');
  });

  it("arms of one unit are read", async () => {
    const { document, page } = await outcomeOf(engine, {
      instead: true,
      exposures: CLEAN.exposures.slice(0, 2),
      events: CLEAN.events,
    });
    expect(document.arms.map(({ n, results }) => [n, results[1]])).toEqual([
      [1, { metric: "revenue", mean: 10, variance: 0 }],
      [1, { metric: "revenue", mean: 10, variance: 0 }],
    ]);
    expect(page).toContain('"B": the test cannot tell.');
  });

  it.each([
    ["empty tables", {}, "rows = [], must hold at least one row; of empty tables there is none"],
    [
      "events of nobody",
      { events: CLEAN.events },
      'rows = "8 events, 8 events-of-others, 8 metric-events of sale, 8 metric-events of revenue", must hold a unit that is in some arm',
    ],
    [
      "exposures of which none counts",
      { exposures: [exposure("u1", "A"), exposure("u1", "B"), exposure("u2", "C"), exposure(null, "A")] },
      'rows = "4 exposures, 1 units-in-several-arms, 1 exposures-without-unit, 1 exposures-in-other-arms", must hold a unit that is in some arm',
    ],
  ])("%s make no document, but a message that says why", async (_what, rows, message) => {
    await expect(outcomeOf(engine, { instead: true, ...rows })).rejects.toThrow(message);
  });
});
