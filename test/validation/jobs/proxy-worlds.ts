import { normalUpperQuantile } from "../../../src/numerics/normal.ts";
import { assistedGain, knownGains } from "../../simulation/proxy-worlds/gains.ts";
import { lightRates, SHARES_AT_HAND } from "../../simulation/proxy-worlds/lights.ts";
import { WORLD_PRIOR, WORLDS } from "../../support/effect-worlds.ts";
import { rateChart } from "../charts.ts";
import { type Counted, countedRows, shownRates } from "../hits.ts";
import type { Job, Row, Table } from "../job.ts";
import { percent, type Promised, RATE_COLUMNS } from "../rates.ts";

const NAMES = ["good", "vanity", "shine-through", "paradox"] as const;
type Name = (typeof NAMES)[number];
const PASTS = 60;
const UNITS = [20_000, 80_000] as const;
const EXPERIMENTS = [20, 100, 500] as const;

/** A bad proxy may be recommended by chance in one past of twenty; a good one has to be once the past can tell. */
function promisedGreen(name: Name, experiments: number): Promised | null {
  if (name !== "good") return { atMost: 0.05 };
  return experiments >= 500 ? { atLeast: 0.8 } : null;
}

/** Of what the better single policy gains, at 20,000 units an arm, after 20 and 100 past experiments. */
const REQUIRED: Readonly<Record<Name, readonly [number, number]>> = {
  good: [0.8, 0.96],
  vanity: [0.95, 0.96],
  "shine-through": [0.95, 0.96],
  paradox: [0.95, 0.96],
};
const CHANGES = 400;

export const proxyWorlds: Job = {
  id: "proxy-worlds",
  title: "Proxies in four simulated worlds",
  section: "Proxies",
  about:
    "Four worlds of true effects: a good proxy (correlation .9 with sales), a vanity metric (.05, and it moves twice as easily), shine-through (0, and the noise of both metrics goes together) and a paradox (−.5). Past experiments are drawn from each, and what is learned of them gives the light of the proxy, and the rule that decides by proxy and sales together. A proxy of a bad world may hardly ever be recommended; deciding by both may cost next to nothing there, and has to gain where the proxy is good.",
  seconds: 100,
  run(progress) {
    const lights = lightsOf((share) => progress(0.9 * share));
    const bad = lights.filter(({ labels: [world, , , , light] }) => light === "green" && world !== "good");
    const greens = bad.reduce((sum, { hits }) => sum + hits, 0);
    const all = bad.reduce((sum, { runs }) => sum + runs, 0);
    const { table, vanity, good } = gainsOf();
    const finding = `The proxies of the bad worlds are recommended in ${greens} of ${all.toLocaleString("en-US")} lights. After 100 past experiments deciding by proxy and sales together gains ${percent(vanity, 0)} of what sales alone do beside a vanity metric, and as much as sales alone would with ${good.toFixed(1)} times as many units beside a good proxy.`;
    const shown = lights.filter(
      ({ labels: [, n, , at, light] }) => n === "20,000" && at === "all" && light === "green",
    );
    const spec = rateChart(
      {
        finding,
        detail:
          "Share of green lights at 20,000 units an arm, all sales in, with the 99.9 % Monte Carlo interval; bars mark what is promised",
      },
      shownRates(
        shown.map((row) => ({ ...row, labels: [row.labels[0]!, `${row.labels[2]!} past experiments`] })),
      ),
    );
    const lightTable: Table = {
      title: "Lights that the past alone decides",
      columns: ["world", "units an arm", "past experiments", "sales at hand", "light", ...RATE_COLUMNS],
      rows: countedRows("lights", [...lights, ...together(bad)]),
      note: `${PASTS} pasts a row; the rest is amber.`,
    };
    return { finding, tables: [lightTable, table], charts: [{ name: "proxy-worlds", alt: finding, spec }] };
  },
};

/** The bad worlds as one: their pasts are drawn independently. */
function together(bad: readonly Counted[]): Counted[] {
  return ["all", "a fifth"].map((atHand): Counted => {
    const own = bad.filter(({ labels }) => labels[3] === atHand);
    const sum = (of: "hits" | "runs"): number => own.reduce((total, row) => total + row[of], 0);
    return {
      labels: ["the three bad ones together", "both", "all", atHand, "green"],
      promised: { atMost: 0.05 },
      hits: sum("hits"),
      runs: sum("runs"),
    };
  });
}

function lightsOf(progress: (share: number) => void): Counted[] {
  const cells = UNITS.flatMap((n) =>
    NAMES.flatMap((name) => EXPERIMENTS.map((experiments) => ({ n, name, experiments }))),
  );
  return cells.flatMap(({ n, name, experiments }, k): Counted[] => {
    const rates = lightRates(WORLDS[name]!, experiments, n, PASTS);
    progress((k + 1) / cells.length);
    return SHARES_AT_HAND.flatMap((share, i): Counted[] => {
      const labels = [name, n.toLocaleString("en-US"), String(experiments), share === 1 ? "all" : "a fifth"];
      const row = (light: "green" | "red", promised: Promised | null): Counted => ({
        labels: [...labels, light],
        promised,
        hits: Math.round(rates[i]![light] * PASTS),
        runs: PASTS,
      });
      return [
        row("green", promisedGreen(name, experiments)),
        row("red", name === "good" && experiments >= 100 ? { atMost: 0.05 } : null),
      ];
    });
  });
}

/** What deciding by both gains, beside the better single policy and in units of sales alone. */
function gainsOf(): { readonly table: Table; readonly vanity: number; readonly good: number } {
  const n = 20_000;
  const critical = normalUpperQuantile(0.0005);
  const cells = NAMES.flatMap((name) =>
    [20, 100].map((experiments, i) => {
      const known = knownGains(WORLDS[name]!, n);
      const better = Math.max(known.macroOnly, known.proxyOnly);
      const { mean, error } = assistedGain(WORLDS[name]!, experiments, n, WORLD_PRIOR, CHANGES);
      const [share, open] = [mean / better, (critical * error) / better];
      const promised = REQUIRED[name][i]!;
      return { name, experiments, share, open, promised, known, better, times: salesAlone(name, mean) / n };
    }),
  );
  const rows = cells.map(({ name, experiments, share, open, promised, known, better, times }): Row => {
    const interval = `${(share - open).toFixed(3)} to ${(share + open).toFixed(3)}`;
    return {
      cells: [
        name,
        String(experiments),
        (known.macroOnly / better).toFixed(2),
        (known.proxyOnly / better).toFixed(2),
        share.toFixed(3),
        interval,
        `at least ${promised}`,
        times.toFixed(2),
      ],
      check: {
        claim: `gain by proxy and sales: ${name}, ${experiments} past experiments`,
        figure: `${share.toFixed(3)}, ${interval}`,
        limit: `at least ${promised}`,
        within: share + open >= promised,
      },
    };
  });
  const at = (name: Name): (typeof cells)[number] =>
    cells.find((cell) => cell.name === name && cell.experiments === 100)!;
  return {
    vanity: (at("vanity").share * at("vanity").better) / at("vanity").known.macroOnly,
    good: at("good").times,
    table: {
      title: "What deciding by both gains at 20,000 units an arm, as a share of the better single policy",
      columns: [
        "world",
        "past experiments",
        "sales alone",
        "proxy alone",
        "both",
        "99.9 % interval",
        "promised",
        "units of sales alone that gain as much, times 20,000",
      ],
      rows,
      note: `${CHANGES} pasts a row, whose rule is then known in closed form; sales alone and the proxy alone know their world.`,
    },
  };
}

/** The units an arm at which deciding by sales alone gains so much; a gain that no test reaches takes as many as are tried. */
function salesAlone(name: Name, gain: number): number {
  let [lower, upper] = [1, 1e9];
  for (let i = 0; i < 60; i++) {
    const middle = Math.sqrt(lower * upper);
    if (knownGains(WORLDS[name]!, Math.round(middle)).macroOnly < gain) lower = middle;
    else upper = middle;
  }
  return upper;
}
