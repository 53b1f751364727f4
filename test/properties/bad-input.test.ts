import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { publicFunctions as functions } from "../support/public-functions.ts";

// Functions that take any value at all, and one that answers later: test/report/html/to-html.test.ts.
const WRITERS = new Set(["toJson", "toHtml"]);

const junk = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    Number.NaN,
    -1,
    0.5,
    2 ** 53,
    Infinity,
    "",
    "0.5",
    true,
    [],
    {},
    [null],
    [[]],
  ),
  fc.double(),
  fc.string({ maxLength: 3 }),
);
const FIELDS = [
  "control treatment n conversions mean variance baseline lift difference effects sampling proxy macro correlation",
  "tauProxy tauMacro rho microRate macroRate method test alternative alpha power kind observed expected neither both",
  "prior scale posterior metrics covariance line allocation margin rule kind population successes draws",
  "improvesWhen lower upper treatments arms adjustment families weights transitions z",
  "totalUnitsPerDay totalTraffic conversionDelay attributionDays meanDays windowDays rampUp powerAtDays microDelay",
  "monitoring horizonDays looksEveryDays computation unitsPerDay traffic microLift macroLift experiments rng looks",
  "standardDeviation scale margin past exposure dispersion clusters varianceReduction direction",
  "pastRates family degreesOfFreedom probabilityOfNoEffect strata segments estimate standardError priorProbability priorStandardDeviation pValue pValues threshold previous",
  "looks informationRates spending gamma delta futility binding boundaries design drift effectRatio fixedN",
  "events exposure shape rate mu kappa beta distribution family model effect thresholdOfCaring quantileLevels",
  "floor beta categories ordered model events name confidenceLevel quantileLevels width color",
  "remaining criterion probability thresholdOfCaring analysisPrior additional population valuePerConversion costPerUnit",
  "thresholdOfCaring probabilityToBeat atEnd designPrior",
  "model values logValues valueShape largestLogDeviation conversionRate value thresholdOfCaring quantileLevels",
  "candidates name delayDays effort cuts value perMacro unitsPerYear valuePerMacro history ideasPerYear whileWaiting",
  "proxyDelayDays assistedDelayDays macroDelay maturity counting minimumTestDays simulate seed years",
  "effectPrior baselinePrior sensitivity priorOdds oddsRatio metric",
  "experiments summaries proxyEffect halfWidth reliabilityProxy reliabilityMacro samplingCorrelation cluster",
  "proxies nProxies nOverlap funnelRates proxyEffects macroEffect shipThreshold seed draws nonNegative curveAt points",
  "segmentation measured basedOn overall plannedSegmentation relevantSpread name",
  "days lookDays falseShipRate early decisionDay matureDay covarianceWithProxy covarianceWithMature variance",
  "add tier stage path site sites title metricKind nestedInMacro standsFor doesNotStandFor eventName eventFilter",
  "steps reached benchmark",
  "by days day relevantChange",
  "numerator denominator covariance multiplicity",
  "range planned unitsPerDay points",
  "upToN upToDays direction role",
  "dialect source units exposures events table where unit arm time event column parameter type path in from to rows",
  "preset firstDay lastDay exposureEvent armParameter experimentParameter experimentId",
  "covariates covariate winsorized upper upperQuantile segmentations byDay readAt timeZone epoch isText measures metric",
  "controlN controlConversions treatmentN treatmentConversions out",
].flatMap((line) => line.split(" "));
const field = fc.constantFrom(...FIELDS);
const options = fc.dictionary(field, fc.oneof(junk, fc.dictionary(field, junk, { maxKeys: 4 })), {
  maxKeys: 6,
});

/** No NaN anywhere in a result, but in typed columns, where it stands for null. */
function holdsNaN(value: unknown): boolean {
  if (ArrayBuffer.isView(value)) return false;
  if (typeof value === "number") return Number.isNaN(value);
  return typeof value === "object" && value !== null && Object.values(value).some(holdsNaN);
}

function attempt(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    if (error instanceof DomainError) {
      expect(error.field).not.toBe("");
      expect(error.message).toContain(error.expected);
      return null;
    }
    throw error;
  }
}

describe("a public function", () => {
  it("is there to be tried", () => {
    expect(functions.length).toBeGreaterThan(70);
  });

  it.each(functions.filter(([name]) => !WRITERS.has(name)))(
    "%s answers junk with a DomainError, and never with NaN",
    (name, call) => {
      fc.assert(
        fc.property(fc.oneof(fc.array(junk, { maxLength: 4 }), fc.tuple(options)), (args) => {
          const result = attempt(() => call(...args));
          expect(holdsNaN(result), `${name}(${JSON.stringify(args)})`).toBe(false);
        }),
        { numRuns: 150 },
      );
    },
  );
});
