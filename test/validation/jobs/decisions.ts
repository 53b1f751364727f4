import { type Scenario, SCENARIOS, seedOf } from "../../simulation/decision-procedure/scenarios.ts";
import { type Outcomes, simulateDecisions } from "../../simulation/decision-procedure/simulate-decisions.ts";
import { rateChart } from "../charts.ts";
import { type Counted, countedRows, shownRates } from "../hits.ts";
import type { Job } from "../job.ts";
import { percent, RATE_COLUMNS } from "../rates.ts";

const OUTCOMES: Readonly<Record<keyof Outcomes, string>> = {
  ship: "shipped",
  guardrailStop: "stopped for a guardrail",
  guardrailOpen: "harm not ruled out",
  blocked: "blocked for its split",
  secondaryFlag: "a secondary metric flagged",
};

export const decisions: Job = {
  id: "decisions",
  title: "Whole experiments, from plan to decision",
  section: "Decisions",
  about:
    "Plans with a macro metric, a proxy, two guardrails and five secondary metrics are made, drawn and read as whole documents, once or at several looks, until they are decided. What does nothing may hardly be shipped, what works has to be, harm to a guardrail and a broken split have to be seen, and a proxy that moves without sales may not ship anything where the covariance is believed. The same tests as in [decision.md](methods/decision.md), with other seeds.",
  seconds: 300,
  run(progress) {
    const all = Object.entries(SCENARIOS).flatMap(([heading, scenarios]) =>
      scenarios.map((scenario, i) => ({ heading, scenario, seed: seedOf(heading, i) + 100_000 })),
    );
    const counted = all.flatMap(({ heading, scenario, seed }, k): Counted[] => {
      const experiments = scenario.experiments / 2;
      const outcomes = simulateDecisions(scenario.world(), experiments, seed);
      progress((k + 1) / all.length);
      return scenario.shown.map((outcome) => rowOf(heading, { ...scenario, experiments }, outcome, outcomes));
    });
    const shipped = (heading: string): Counted[] =>
      counted.filter(
        ({ labels }) => labels[0] === heading && labels[2] === OUTCOMES.ship && labels[1]!.includes("once"),
      );
    const share = ({ hits, runs }: Counted): number => hits / runs;
    const finding = `Read once, a change that does nothing is shipped in ${percent(Math.max(...shipped("nothing works").map(share)), 1)} of experiments at most, one that works as planned in ${percent(share(shipped("it works")[0]!), 0)}, and one that harms a guardrail by its margin or more in at most ${percent(Math.max(...shipped("a guardrail is harmed").map(share)), 1)}.`;
    const spec = rateChart(
      {
        finding,
        detail:
          "Share of experiments shipped, with the 99.9 % Monte Carlo interval; bars mark what is promised",
      },
      shownRates(
        counted
          .filter(({ labels }) => labels[2] === OUTCOMES.ship)
          .map((row) => ({ ...row, labels: row.labels.slice(0, 2) })),
      ),
    );
    const table = {
      title: "How experiments end",
      columns: ["world", "experiments", "end", ...RATE_COLUMNS],
      rows: countedRows("decisions", counted),
      note: "1,000 experiments a row of the first two worlds that is read once, 150 with ten looks or learned effects, 500 otherwise; half as many as in decision.md, where the slow tests hold them.",
    };
    return { finding, tables: [table], charts: [{ name: "decisions", alt: finding, spec }] };
  },
};

function rowOf(
  heading: string,
  { label, promises = {}, experiments }: Scenario,
  outcome: keyof Outcomes,
  outcomes: Outcomes,
): Counted {
  const promise = promises[outcome];
  return {
    labels: [heading, label.join(", "), OUTCOMES[outcome]],
    promised:
      promise === undefined ? null : promise[0] === "<=" ? { atMost: promise[1] } : { atLeast: promise[1] },
    hits: Math.round(outcomes[outcome] * experiments),
    runs: experiments,
  };
}
