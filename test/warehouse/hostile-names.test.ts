import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseSummaryRows } from "../../src/warehouse/parse-summary-rows.ts";
import { SQL_DIALECTS } from "../../src/warehouse/sql-dialect.ts";
import type { SummarySqlOptions } from "../../src/warehouse/summary-options.ts";
import { summarySql } from "../../src/warehouse/summary-sql.ts";
import { HOSTILE_WORDS } from "../support/hostile-words.ts";
import { sqlTokens } from "../support/polyglot.ts";
import { openDuckDb, openPglite, type SqlEngine } from "../support/sql-engines.ts";
import { createTables, type SqlTable } from "../support/sql-tables.ts";

type Description = Omit<SummarySqlOptions, "dialect">;

/** A description all of whose names and texts are given by a function of their place. */
function describedBy(word: (place: number) => string): Description {
  return {
    source: {
      exposures: { table: [word(0)], where: [{ column: word(1), in: [word(2)] }] },
      events: { table: [word(3)], event: word(4) },
    },
    unit: word(5),
    arm: word(6),
    time: word(7),
    experiment: word(8),
    control: word(9),
    treatments: [word(10)],
    metrics: [
      { name: word(11), kind: "proportion", role: "macro", event: word(12) },
      { name: word(13), kind: "mean", event: [word(12), word(14)], value: word(15), covariate: word(16) },
    ],
    covariates: [{ name: word(16), event: word(12), value: word(15), days: 7 }],
    segmentations: [{ name: word(17), column: word(18) }],
  };
}

/** Words for the places of a description, no two alike; blanks around an arm would be taken away. */
const wordsFrom =
  (start: number) =>
  (place: number): string =>
    HOSTILE_WORDS[(start + place) % HOSTILE_WORDS.length]!.trim();

describe("hostile names and texts", () => {
  it.each(SQL_DIALECTS)("leave the statement as it is in %s", (dialect) => {
    const tame = sqlTokens(dialect, summarySql({ dialect, ...describedBy((place) => `tame ${place}`) }));
    for (const start of [0, 14]) {
      const word = wordsFrom(start);
      const hostile = sqlTokens(dialect, summarySql({ dialect, ...describedBy(word) }));
      const expected = tame.map(({ type, text }) => {
        const place = /^tame (\d+)$/.exec(text)?.[1];
        return { type, text: place === undefined ? text : word(Number(place)) };
      });
      // A table of the name of a step gives the steps another prefix.
      const read = hostile.map(({ type, text }) => ({ type, text: text.replace(/^ml__(?=[a-z])/, "ml_") }));
      expect(read).toEqual(expected);
    }
  });

  describe("are executed", () => {
    let engines: SqlEngine[];
    beforeAll(async () => {
      engines = await Promise.all([openDuckDb(), openPglite()]);
      for (const engine of engines) {
        await engine.run("CREATE TABLE canary (x integer)");
        await engine.run("INSERT INTO canary VALUES (42)");
      }
    }, 60_000);
    afterAll(() => Promise.all(engines.map((engine) => engine.close())));

    it.each([0, 7, 14, 21])("from word %i on, and counted right", async (start) => {
      // Names are cut off behind 63 bytes in PostgreSQL, alike in tables and in statements.
      const word = wordsFrom(start);
      const at = (hour: number): string => `2026-03-02 ${String(hour).padStart(2, "0")}:00:00`;
      const tables: SqlTable[] = [
        {
          name: word(0),
          columns: {
            [word(5)]: "text",
            [word(6)]: "text",
            [word(7)]: "timestamp",
            [word(8)]: "text",
            [word(1)]: "text",
            [word(18)]: "text",
          },
          rows: [
            ["u1", word(9)],
            ["u2", word(9)],
            ["u3", word(10)],
            ["u4", word(2)],
          ].map(([unit, arm]) => ({
            [word(5)]: unit!,
            [word(6)]: arm!,
            [word(7)]: at(1),
            [word(8)]: word(19),
            [word(1)]: word(2),
            [word(18)]: word(20),
          })),
        },
        {
          name: word(3),
          columns: {
            [word(5)]: "text",
            [word(4)]: "text",
            [word(7)]: "timestamp",
            [word(15)]: "double precision",
          },
          rows: [
            ["u1", word(12), 2, 5],
            ["u1", word(14), 3, 7],
            ["u3", word(12), 0, 1],
          ].map(([unit, event, hour, value]) => ({
            [word(5)]: unit!,
            [word(4)]: event!,
            [word(7)]: at(hour as number),
            [word(15)]: value!,
          })),
        },
      ];
      for (const engine of engines) {
        await createTables(engine, tables);
        const rows = await engine.rows(summarySql({ dialect: engine.dialect, ...describedBy(word) }));
        const document = parseSummaryRows(rows.filter(({ experiment }) => experiment === word(19)));
        expect([document.name, document.control]).toEqual([word(19), word(9)]);
        expect(document.arms).toMatchObject([
          { name: word(9), n: 2, results: [{ metric: word(11), conversions: 1 }, { metric: word(13) }] },
          { name: word(10), n: 1, results: [{ conversions: 0 }, {}] },
        ]);
        const [segmentation] = document.segmentations!;
        expect([segmentation!.name, segmentation!.segments.map(({ name }) => name)]).toEqual([
          word(17),
          [word(20)],
        ]);
        expect(await engine.rows("SELECT x FROM canary")).toEqual([{ x: 42 }]);
      }
    });
  });
});
