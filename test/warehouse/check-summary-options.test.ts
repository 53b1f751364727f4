import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { type ExperimentConfig, readExperimentConfig } from "../../src/warehouse/experiment-config.ts";
import type { SummarySqlOptions } from "../../src/warehouse/summary-options.ts";
import { summarySql } from "../../src/warehouse/summary-sql.ts";

const events = {
  dialect: "duckdb",
  source: { exposures: { table: "exposures" }, events: { table: "events", event: "name" } },
  unit: "user_id",
  arm: "variant",
  time: "at",
  control: "A",
  metrics: [{ name: "purchase", kind: "proportion", event: "purchase", attributionDays: 7 }],
} satisfies SummarySqlOptions;

const wide = {
  dialect: "duckdb",
  source: { units: "hillstrom" },
  arm: "segment",
  control: "A",
  metrics: [{ name: "visit", kind: "proportion", column: "visit" }],
} satisfies SummarySqlOptions;

/** The message of the fault that is found. */
function faultOf(options: object): string {
  try {
    summarySql(options as SummarySqlOptions);
  } catch (error) {
    if (error instanceof DomainError) return error.message;
    throw error;
  }
  return "no fault";
}

const metric = (more: object, base: object = events.metrics[0]!): object => ({
  metrics: [{ ...base, ...more }],
});
const mean = { name: "revenue", kind: "mean", event: "purchase", value: "amount" };
const { exposures, events: eventTable } = events.source;

describe("what a statement is to be written of is refused", () => {
  it.each<[object, string]>([
    [{ dialect: "mysql" }, 'dialect = "mysql", must be one of "duckdb"'],
    [{ treatment: ["B"] }, 'is not a known field here (did you mean "treatments"?)'],
    [{ source: {} }, "source = {…}, must hold `exposures` and `events`, or `units`"],
    [{ source: { exposures } }, "source.events = undefined, must be an object"],
    [
      { source: { ...events.source, unit: "u" } },
      'source.unit = "u", is not a known field here (did you mean "units"?)',
    ],
    [
      { source: { exposures: { table: "" }, events: eventTable } },
      'source.exposures.table = "", must be a name',
    ],
    [
      { source: { exposures: { table: "a..b" }, events: eventTable } },
      "must have a name before and behind each dot",
    ],
    [
      { source: { exposures: { table: ["a", ""] }, events: eventTable } },
      'source.exposures.table[1] = "", must be a name',
    ],
    [
      { source: { exposures, events: { table: "events" } } },
      "source.events.event = undefined, must be the name of a column",
    ],
    [{ unit: undefined }, "unit = undefined, is needed for exposures"],
    [{ time: undefined }, "time = undefined, is needed for exposures"],
    [
      { time: undefined, source: { exposures: { ...exposures, time: "at" }, events: eventTable } },
      "is needed for events",
    ],
    [{ time: { column: "at", epoch: "minutes" } }, 'time.epoch = "minutes", must be one of'],
    [{ time: { column: "at", epoch: "seconds", isText: true } }, 'time.epoch = "seconds", must stand alone'],
    [{ time: { column: "at", timezone: "UTC" } }, '(did you mean "timeZone"?)'],
    [
      { time: { column: "at", timeZone: "Berlin" } },
      'time.timeZone = "Berlin", must be the name of a time zone',
    ],
    [{ timeZone: "+02:00" }, 'timeZone = "+02:00", must be the name of a time zone'],
    [
      { arm: { parameter: "variant", type: "string" } },
      'arm.type = "string", must be one of "text", "number"',
    ],
    [{ arm: { path: [] } }, "arm.path = [], must be a list of 1 to 10 names"],
    [{ control: "" }, 'control = "", must be a text that is not empty'],
    [{ control: " A" }, "without blanks around it"],
    [{ control: "A\nB" }, "without control characters"],
    [{ treatments: [] }, "treatments = [], must be a list of 1 to 100 names of arms"],
    [{ treatments: ["B", "A"] }, 'treatments[1] = "A", must not be the control arm'],
    [{ treatments: ["B", "B"] }, 'treatments[1] = "B", is a name given twice'],
    [{ metrics: [] }, "metrics = [], must be a list of 1 to 200 metrics"],
    [metric({ attributionDay: 7 }), '(did you mean "attributionDays"?)'],
    [metric({ attributionDays: 0 }), "metrics[0].attributionDays = 0, must be a number of days above 0"],
    [metric({ attributionDays: 1e-15 }), "must be a number of days above 0"],
    [metric({ attributionDays: 2e5 }), "at most 100000"],
    [metric({ kind: "rate" }), 'metrics[0].kind = "rate", must be one of'],
    [metric({ role: "primary" }), 'metrics[0].role = "primary", must be one of'],
    [metric({ event: undefined }), "metrics[0].event = undefined, must be the name of an event"],
    [metric({ event: [] }), "metrics[0].event = [], must be a list of 1 to 1000 names of events"],
    [metric({ event: ["a", 1] }), "metrics[0].event[1] = 1, must be a text"],
    [metric({ value: "amount" }), "a proportion counts events, and a mean adds values up"],
    [metric({ kind: "count", value: "amount" }), "a count counts events"],
    [metric({ column: "visit" }), 'metrics[0].column = "visit", must be left out'],
    [metric({ covariate: "before" }), "must be left out: the metric is a proportion, not a mean"],
    [metric({ winsorized: { upper: 3 } }), "must be left out: the metric is a proportion, not a mean"],
    [metric({ numerator: { event: "a" } }), "must be left out: the metric is a proportion, not a ratio"],
    [metric({ kind: "ratio" }), 'metrics[0].event = "purchase", must stand within numerator or denominator'],
    [
      metric({ kind: "ratio", event: undefined, numerator: { event: "a" } }),
      "metrics[0].denominator = undefined",
    ],
    [metric({ covariate: "before" }, mean), "must be the name of one of the covariates"],
    [metric({ winsorized: {} }, mean), "must hold either `upper` or `upperQuantile`"],
    [
      metric({ winsorized: { upper: 9, upperQuantile: 0.9 } }, mean),
      "must hold either `upper` or `upperQuantile`",
    ],
    [metric({ winsorized: { upperQuantile: 0.9999999 } }, mean), "with six decimals at most"],
    [metric({ winsorized: { upperQuantile: 0.5 } }, mean), "must lie above 0.5 and below 1"],
    [metric({ winsorized: { upperQuantile: 99 } }, mean), "must lie above 0.5 and below 1"],
    [{ metrics: [mean, mean] }, 'metrics[1].name = "revenue", is a name given twice'],
    [
      {
        metrics: [
          { ...mean, role: "macro" },
          { ...mean, name: "b", role: "macro" },
        ],
      },
      "metrics[1].role",
    ],
    [
      { covariates: [{ name: "before", event: "purchase" }] },
      "covariates[0].days = undefined, must be a number of days",
    ],
    [
      { covariates: [{ name: "before", column: "spent" }] },
      'covariates[0].column = "spent", must be left out',
    ],
    [
      { segmentations: [{ name: "device" }] },
      "segmentations[0].column = undefined, must be the name of a column",
    ],
    [{ byDay: 1 }, "byDay = 1, must be true, false or a list of series"],
    [{ readAt: "2026-03-01" }, 'readAt = "2026-03-01", must be a date and time with its offset'],
    [{ readAt: "2026-03-01T00:00:00" }, "must be a date and time with its offset"],
    [{ readAt: "2026-02-30T00:00:00Z" }, "must be a date and time with its offset"],
    [{ readAt: "1 March 2026" }, "must be a date and time with its offset"],
    [{ name: "" }, 'name = "", must be a text that is not empty'],
  ])("%j: %s", (more, message) => {
    expect(faultOf({ ...events, ...more })).toContain(message);
  });

  it.each<[object, string]>([
    [{ source: { units: "t", exposures } }, "source.exposures = {…}, is not a known field here"],
    [{ byDay: true }, "time = undefined, is needed for byDay"],
    [{ readAt: "2026-03-01T00:00:00Z" }, "time = undefined, is needed for readAt"],
    [metric({ event: "visit", column: undefined }, wide.metrics[0]), "metrics[0].event"],
    [
      metric({ column: undefined }, wide.metrics[0]),
      "metrics[0].column = undefined, must be the name of a column",
    ],
    [
      { covariates: [{ name: "before", column: "spent", days: 7 }] },
      "covariates[0].days = 7, must be left out",
    ],
  ])("of a wide table %j: %s", (more, message) => {
    expect(faultOf({ ...wide, ...more })).toContain(message);
  });

  it.each<[object, string]>([
    [{ column: "c" }, "source.where[0] = {…}, must hold `in`, or `from`, `to` or both"],
    [{ column: "c", in: [] }, "source.where[0].in = [], must be a list of 1 to 1000 values"],
    [{ column: "c", in: [Number.NaN] }, "source.where[0].in[0] = NaN, must be a text, a finite number"],
    [{ column: "c", in: [null] }, "source.where[0].in[0] = null, must be a text, a finite number"],
    [{ column: "c", in: ["1", 1] }, "source.where[0].in[1] = 1, must be a string like the first"],
    [{ column: "c", from: 2, to: 1 }, "source.where[0].to = 1, must be a number at or above from = 2"],
    [{ column: "c", from: true }, "source.where[0].from = true, must be a text or a finite number"],
    [{ column: "c", until: 1 }, "source.where[0].until = 1, is not a known field here"],
  ])("with the filter %j: %s", (filter, message) => {
    expect(faultOf({ ...wide, source: { units: "t", where: [filter] } })).toContain(message);
  });
});

describe("a configuration is refused with the path in it", () => {
  const config = {
    name: "checkout",
    control: "A",
    metrics: [
      { name: "spend", role: "secondary", kind: "mean" },
      { name: "purchase", role: "macro", kind: "proportion", attributionDays: 7 },
    ],
    rows: {
      source: events.source,
      unit: "user_id",
      arm: "variant",
      time: "at",
      measures: [
        { metric: "purchase", event: "purchase" },
        { metric: "spend", event: "purchase", value: "amount" },
      ],
    },
  } satisfies ExperimentConfig;

  function configFault(more: object, rows: object = {}): string {
    try {
      readExperimentConfig({ ...config, ...more, rows: { ...config.rows, ...rows } } as ExperimentConfig);
    } catch (error) {
      if (error instanceof DomainError) return error.message;
      throw error;
    }
    return "no fault";
  }

  it.each<[object, object, string]>([
    [{}, {}, "no fault"],
    [{ metircs: [] }, {}, 'metircs = [], is not a known field here (did you mean "metrics"?)'],
    [{ control: " A" }, {}, 'control = " A", must be a text'],
    [{ metrics: [{ name: "purchase", role: "macro", kind: "rate" }] }, {}, "rows.measures[1].metric"],
    [{ metrics: [{ name: "purchase", kind: "rate" }] }, {}, "metrics[0].role"],
    [
      { metrics: [...config.metrics, { ...config.metrics[1], name: "cart" }] },
      {},
      'a measure of the metric "cart"',
    ],
    [{ metrics: [{ ...config.metrics[0], kind: "count" }, config.metrics[1]] }, {}, "rows.measures[1].value"],
    [
      { metrics: [config.metrics[0], { ...config.metrics[1], attributionDays: -1 }] },
      {},
      "metrics[1].attributionDays = -1",
    ],
    [{}, { atrm: "x" }, "rows.atrm"],
    [{}, { arm: "" }, 'rows.arm = "", must be a name'],
    [{}, { control: "B" }, 'rows.control = "B", is not a known field here'],
    [{}, { source: { units: "" } }, 'rows.source.units = "", must be a name'],
    [
      {},
      { measures: [{ ...config.rows.measures[0], attributionDays: 7 }] },
      "rows.measures[0].attributionDays = 7",
    ],
    [
      {},
      { measures: [...config.rows.measures, config.rows.measures[0]] },
      'rows.measures[2].metric = "purchase", is measured twice',
    ],
    [
      {},
      { measures: [{ metric: "purchase" }, config.rows.measures[1]] },
      "rows.measures[0].event = undefined",
    ],
  ])("%j %j: %s", (more, rows, message) => {
    expect(configFault(more, rows)).toContain(message);
  });

  it("and its windows of 0 days are none", () => {
    const metrics = config.metrics.map((one) =>
      one.name === "purchase" ? { ...one, attributionDays: 0 } : one,
    );
    const { summaries } = readExperimentConfig({ ...config, metrics });
    expect(summaries.metrics[1]).toEqual({
      name: "purchase",
      kind: "proportion",
      role: "macro",
      event: "purchase",
    });
  });
});
