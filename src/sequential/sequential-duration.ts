import type { Alternative } from "../core/alternative.ts";
import { checkCount, checkObject, checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkedAllocation } from "../models/allocation.ts";
import { type ConversionDelay, delayAssumptions } from "../models/conversion-delay.ts";
import { controlTraffic, type TrafficOptions } from "../models/control-traffic.ts";
import { checkedDelay, type ReadingOptions } from "../models/metric-delay.ts";
import { trafficAssumptions } from "../models/traffic-assumptions.ts";
import { checkRandom, createRandom, type Random } from "../numerics/random.ts";
import { computedExits, type LookModel } from "./computed-exits.ts";
import { daysIfDetected, quantiles } from "./detection-days.ts";
import { durationAssumptions, durationCautions } from "./duration-cautions.ts";
import { type CalendarOptions, lookCalendar } from "./look-calendar.ts";
import {
  checkedMonitoredTest,
  type MetricModel,
  metricModel,
  type MonitoredMetric,
  type MonitoredTest,
} from "./monitored-metric.ts";
import { type Monitoring, type MonitoringRule, monitoringRule } from "./monitoring.ts";
import { type Bounds, DEFAULT_EXPERIMENTS } from "./run-experiments.ts";
import type { DurationComputation, SequentialDuration } from "./sequential-duration-result.ts";
import { countedUnits, simulatedExits } from "./simulated-exits.ts";
import { cumulative, dayBy, meanDays, type Stopping, stopping, varianceOfDays } from "./stopping.ts";

export type {
  DayQuantile,
  DurationComputation,
  DurationLook,
  SequentialDuration,
} from "./sequential-duration-result.ts";

export interface SequentialDurationOptions
  extends MonitoredMetric, CalendarOptions, TrafficOptions, ReadingOptions {
  /** How the experiment is watched, and when it may stop. */
  readonly monitoring: Monitoring;
  /** Type I error, in (0, 1); that of the design, or 0.05 unless said. */
  readonly alpha?: number | undefined;
  /** That of the design, or two-sided unless said. */
  readonly alternative?: Alternative | undefined;
  /** Treatment n over control n, above 0; 1 unless said. */
  readonly allocation?: number | undefined;
  /** For rates: `score` (unless said) or `wald`, which always-valid methods always are. */
  readonly test?: MonitoredTest | undefined;
  /** `quadrature` unless said. */
  readonly computation?: DurationComputation | undefined;
  /** How many experiments are simulated, at least 1; 100,000 unless said. */
  readonly experiments?: number | undefined;
  /** The random stream of a simulation; `createRandom(1)` unless said. */
  readonly rng?: Random | undefined;
}

const COMPUTATIONS: readonly DurationComputation[] = ["quadrature", "simulation"];

/**
 * How long an experiment runs that may stop early, for one metric: when it detects a true effect, and how often.
 *
 * H0 of the test: both arms have the same rate or mean. H1: they differ, or the treatment's is larger (`greater`) or
 * smaller (`less`). At discrete looks every method is a boundary on z, so that the day of the stop has a distribution
 * that can be computed:
 *
 * - `fixed-horizon`: one test at the horizon, for comparison;
 * - `group-sequential`: the looks of a `groupSequentialDesign`, the last at the horizon;
 * - `normal-mixture` and `asymptotic`: always-valid tests, looked at every `looksEveryDays`;
 * - `naive-peeking`: the fixed test at every look. It is wrong, and its `typeIError` says by how much.
 *
 * How soon a change is seen is not how well one decides by it: a metric that moves easily looks fast here whether or
 * not it tells anything of sales. `sequentialSpeedup` sets a proxy beside the macro metric, with the decision.
 *
 * Costs about 0.1 ms a look by quadrature, for up to some hundred looks; 0.1 µs a look and experiment by simulation.
 *
 * @param options.baseline - rate of the control arm in (0, 1), or with `standardDeviation` its mean, above 0
 * @param options.lift - true lift; 0 for none
 * @param options.standardDeviation - of a unit, above 0: the metric is a mean
 * @param options.monitoring - the method, with its design or tuning
 * @param options.unitsPerDay - new units per day in the control arm; exactly one of the four traffics
 * @param options.totalUnitsPerDay - new units per day in all arms together
 * @param options.traffic - how units enter the control arm, where not as many every day
 * @param options.totalTraffic - the same for all arms together
 * @param options.horizonDays - the day of the last look, above 0
 * @param options.looksEveryDays - days between looks, above 0 and at most the horizon; 1 unless said
 * @param options.attributionDays - days after entry at which a unit is read, below the horizon; 0 unless said
 * @param options.conversionDelay - instead: when the conversions of a rate come in; with a curve all who entered are
 *   read at once, with what has come in by then
 * @param options.alpha - in (0, 1); that of the design, or 0.05 unless said
 * @param options.alternative - that of the design, or two-sided unless said
 * @param options.allocation - treatment n over control n, above 0; 1 unless said
 * @param options.test - `score` or `wald`, for rates; `score` unless said, and always `wald` for always-valid methods
 * @param options.computation - `quadrature` unless said; `simulation` where counts are small
 * @param options.experiments - simulated experiments, at least 1; 100,000 unless said
 * @param options.rng - their random stream; `createRandom(1)` unless said
 * @returns power and type I error by look, and the days to the stop
 * @throws {DomainError} for a lift that leaves (0, 1), traffic of 0, looks beyond the horizon, or a design that does not
 *   fit
 * @example
 * ```ts
 * import { sequentialDuration } from "microlift";
 * const plan = sequentialDuration({
 *   baseline: 0.05, lift: 0.1, unitsPerDay: 1000, horizonDays: 42, looksEveryDays: 7,
 *   monitoring: { method: "normal-mixture" },
 * });
 * plan.power; // 0.568
 * plan.medianDays; // 42
 * ```
 * Armitage, McPherson and Rowe (1969); Robbins (1970) and Johari et al. (2022) for the boundary of the mixtures.
 */
export function sequentialDuration(options: SequentialDurationOptions): SequentialDuration {
  checkObject("options", options);
  const { baseline, lift, horizonDays, computation = "quadrature" } = options;
  const { experiments = DEFAULT_EXPERIMENTS, rng = createRandom(1) } = options;
  checkOneOf("computation", computation, COMPUTATIONS);
  checkCount("experiments", experiments, 1);
  checkRandom("rng", rng);
  const allocation = checkedAllocation(options.allocation);
  const rule = monitoringRule(options.monitoring, options);
  const test = checkedTest(options, rule);
  const model = metricModel(options, test, allocation);
  const traffic = controlTraffic(options, 1 + allocation);
  const delay = checkedDelay(options);
  if (!("attributionDays" in delay)) checkReadAtOnce(delay, computation, model);
  const looks = lookCalendar(options, traffic, delay, rule);
  const days = looks.map(({ day }) => day);
  const units = looks.map((look) => look.units);

  const run = (metric: MonitoredMetric): Run => {
    const models = looks.map(({ units: n, share }): LookModel => ({
      model: metricModel({ ...metric, baseline: baseline * share }, test, allocation),
      units: n,
      seen: n * share,
    }));
    const standardErrors = models.map((look) => look.model.testDeviation / Math.sqrt(look.units));
    const bounds = rule.bounds(units, standardErrors);
    const exits =
      computation === "quadrature"
        ? computedExits(models, bounds)
        : simulatedExits(
            metricModel(metric, test, allocation),
            test,
            countedUnits(units, allocation),
            bounds,
            experiments,
            rng,
          );
    return { bounds, stopping: stopping(exits, rule.alternative, metric.lift) };
  };
  const { bounds, stopping: effect } = run(options);
  const idle = run({ ...options, lift: 0 }).stopping;
  const power = cumulative(effect.detected);
  const typeIError = cumulative(idle.detected);
  const figures = {
    power: power.at(-1) ?? 0,
    wrongSide: cumulative(effect.wrongSide).at(-1) ?? 0,
    typeIError: typeIError.at(-1) ?? 0,
    meanDays: meanDays(days, effect.ended, horizonDays),
    meanDaysWithoutEffect: meanDays(days, idle.ended, horizonDays),
  };
  const error = (variance: number): number => Math.sqrt(variance / experiments);
  return {
    kind: "sequential-duration",
    method: options.monitoring.method,
    status: figures.power === 0 ? "undetermined" : figures.power < 0.5 ? "unbounded" : "ok",
    computation,
    test: model.isMean ? "z" : test,
    alpha: rule.alpha,
    alternative: rule.alternative,
    baseline,
    lift,
    allocation,
    horizonDays,
    n: units.at(-1) ?? 0,
    looks: looks.map(({ day, units: n, share }, look) => ({
      day,
      n,
      share,
      upper: bounds.upper[look]!,
      lower: bounds.lower[look]!,
      power: power[look]!,
      typeIError: typeIError[look]!,
    })),
    ...figures,
    medianDays: dayBy(days, power, 0.5),
    quantiles: quantiles(days, power),
    ifDetected: daysIfDetected(days, effect.detected, figures.power),
    simulation:
      computation === "quadrature"
        ? null
        : {
            experiments,
            standardErrors: {
              power: error(figures.power * (1 - figures.power)),
              wrongSide: error(figures.wrongSide * (1 - figures.wrongSide)),
              typeIError: error(figures.typeIError * (1 - figures.typeIError)),
              meanDays: error(varianceOfDays(days, effect.ended, horizonDays)),
              meanDaysWithoutEffect: error(varianceOfDays(days, idle.ended, horizonDays)),
            },
          },
    warnings: durationCautions({
      method: options.monitoring.method,
      isSimulated: computation === "simulation",
      rule,
      model,
      allocation,
      looks,
      ...figures,
    }),
    assumptions: [
      ...durationAssumptions(model, computation === "simulation"),
      ...trafficAssumptions(traffic),
      ...delayAssumptions(delay),
    ],
  };
}

/** Where conversions come late, a look reads rates that are still growing. */
function checkReadAtOnce(
  delay: ConversionDelay,
  computation: DurationComputation,
  { isMean }: MetricModel,
): void {
  if (isMean) {
    throw new DomainError(
      "conversionDelay",
      delay,
      "must have attributionDays for a mean: it is read on mature cohorts",
    );
  }
  if (computation === "simulation") {
    throw new DomainError("computation", computation, "must be quadrature where the delay has a curve");
  }
}

interface Run {
  readonly bounds: Bounds;
  readonly stopping: Stopping;
}

function checkedTest(options: SequentialDurationOptions, { isAlwaysValid }: MonitoringRule): MonitoredTest {
  const test = checkedMonitoredTest(options.test, options, isAlwaysValid ? "wald" : "score");
  if (isAlwaysValid && test === "score") {
    throw new DomainError(
      "test",
      test,
      "must be left out or wald: always-valid methods do not pool the rates",
    );
  }
  return test;
}
