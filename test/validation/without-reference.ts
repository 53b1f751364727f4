/** Public functions that no table from outside holds, why that is, and which tests hold them. */
export interface WithoutReference {
  readonly functions: readonly string[];
  readonly why: string;
  /** Under test/, without the ending. */
  readonly tests: readonly string[];
}

const row = (functions: string, why: string, ...tests: readonly string[]): WithoutReference => ({
  functions: functions.split(" "),
  why,
  tests,
});

export const WITHOUT_REFERENCE: readonly WithoutReference[] = [
  row(
    "display hasChart toHtml toMarkdown toText toVegaLite",
    "words, pages and charts: no number of their own",
    "report/rendering",
    "report/charts/charts",
  ),
  row("fromJson toJson readExperimentConfig", "reading and writing", "experiment/json-schemas"),
  row("conversionCatalog", "a list of words", "experiment/conversion-catalog"),
  row(
    "summarySql eventTableSource ga4Source parseSummaryRows mergeSummaryRows",
    "statements, whose sums are held to plain loops on DuckDB, PostgreSQL and ClickHouse",
    "warehouse/random-rows",
    "warehouse/merge-summary-rows",
  ),
  row(
    "compareProportionsBatch",
    "the same as compareProportions, bit for bit",
    "inference/compare-proportions-batch",
  ),
  row(
    "createRandom",
    "a stream of numbers: the first are pinned, the rest held to its distributions",
    "numerics/random",
  ),
  row(
    "gatekeeping graphicalProcedure",
    "procedures on p-values, held to published examples and to the closure of all their hypotheses",
    "inference/gatekeeping",
  ),
  row(
    "quantileSketch sketchQuantile quantileSummary quantileRanks mergeQuantileSketches",
    "a sketch, held to the bound of its error, and ranks that are whole numbers, held to exact ones",
    "summaries/quantile-sketch",
  ),
  row(
    "powerCurve powerCurveByDay detectableLiftCurve powerAnalysisForMeans powerAnalysisForProportions",
    "rows of the plans above, held to them",
    "planning/curves",
    "planning/power-analysis",
  ),
  row("powerForSuperiority", "the power of a size that is held to R above", "planning/margins"),
  row(
    "exactSampleSizeForProportions sampleSizeForAssurance",
    "the first size at which a power or an assurance that is held above is enough",
    "planning/exact-power",
    "planning/assurance",
  ),
  row("durationDays durationTable", "days counted one by one from the sizes above", "planning/duration-days"),
  row(
    "confidenceSequenceCourse simulateSequential calibrateBayesianStopping",
    "looks at the sequences and designs above, or their simulation",
    "sequential/confidence-sequence-course",
    "sequential/simulate-sequential",
    "bayesian/bayesian-stopping",
  ),
  row(
    "speedupCurve sequentialSpeedup",
    "the speedups above over sizes, and from group-sequential designs above",
    "proxy/speedup-curve",
    "proxy/sequential-speedup",
  ),
  row(
    "rankProxies proxyFront backtestProxy assessProxy planExperiment",
    "orders, verdicts and documents made of the figures above",
    "proxy/rank-proxies",
    "proxy/backtest-proxy",
    "proxy/assess-proxy",
    "experiment/plan-experiment",
  ),
];
