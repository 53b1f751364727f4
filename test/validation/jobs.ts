import type { Job } from "./job.ts";
import { published } from "./jobs/published.ts";
import { references } from "./jobs/references.ts";
import { twoProportionTests } from "./jobs/two-proportion-tests.ts";
import { intervalCoverage } from "./jobs/interval-coverage.ts";
import { meansRatiosCounts } from "./jobs/means-ratios-counts.ts";
import { quantilesClustersTriggers } from "./jobs/quantiles-clusters-triggers.ts";
import { peeking } from "./jobs/peeking.ts";
import { groupSequential } from "./jobs/group-sequential.ts";
import { plannedPower } from "./jobs/planned-power.ts";
import { multiplicity } from "./jobs/multiplicity.ts";
import { bayesianCalibration } from "./jobs/bayesian-calibration.ts";
import { proxyWorlds } from "./jobs/proxy-worlds.ts";
import { decisions } from "./jobs/decisions.ts";

/** Every part of `npm run validate`, in the order of the page; those of a section stand together. */
export const JOBS: readonly Job[] = [
  references,
  published,
  twoProportionTests,
  intervalCoverage,
  meansRatiosCounts,
  quantilesClustersTriggers,
  multiplicity,
  plannedPower,
  peeking,
  groupSequential,
  bayesianCalibration,
  proxyWorlds,
  decisions,
];
