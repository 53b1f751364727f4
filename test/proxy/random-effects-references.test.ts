import { describe, expect, it } from "vitest";
import { predictMacro } from "../../src/proxy/predict-macro.ts";
import { randomEffectsFit } from "../../src/proxy/random-effects-fit.ts";
import tables from "../reference/proxy/random-effects-tables.json" with { type: "json" };
import { tableOf } from "../support/random-effects-worlds.ts";
import { relativeError } from "../support/relative-error.ts";

const KINDS = ["REML", "ML"] as const;

function expectClose(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expected.forEach((value, i) => expect(relativeError(actual[i]!, value)).toBeLessThan(tolerance));
}

describe.each(KINDS)("two metrics by %s", (method) => {
  it.each(tables.bivariate.map((row) => [row.in.y_proxy.length, row] as const))(
    "agree with the polished optimum of %i experiments",
    (experiments, row) => {
      const { y_proxy, y_macro, var_proxy, var_macro, cov } = row.in;
      const expected = row.out[method];
      const table = tableOf(
        y_proxy.map((effect, k) => [effect, y_macro[k]!]),
        cov.map((both, k) => [
          [var_proxy[k]!, both],
          [both, var_macro[k]!],
        ]),
      );
      const fit = randomEffectsFit(table, method === "REML" ? "reml" : "ml");
      // The table's REML log-likelihood has metafor's constant.
      const constant = method === "REML" ? Math.log(experiments) : 0;
      expect(relativeError(fit.logLikelihood + constant, expected.loglik_own)).toBeLessThan(1e-14);
      // The gradients left in the table are up to 5e-10.
      expectClose(fit.mean, expected.mu, 1e-11);
      expectClose(fit.tau, expected.tau, 1e-11);
      expectClose(
        fit.mean.map((_, i) => Math.sqrt(fit.meanCovariance[i]![i]!)),
        expected.mu_se,
        1e-10,
      );
      expect(fit.rho[0]![1]).toBeCloseTo(expected.rho, 10);
      expect(fit.onBoundary).toBe(expected.on_boundary);
      if (expected.on_boundary) expect(Math.abs(fit.rho[0]![1]!)).toBe(1);
      for (const [k, blup] of fit.blups.entries()) {
        expect(blup[0]).toBeCloseTo(expected.blup_proxy[k]!, 11);
        expect(blup[1]).toBeCloseTo(expected.blup_macro[k]!, 11);
      }
    },
  );

  it("predict the macro effect from the proxy alone", () => {
    for (const row of tables.bivariate) {
      const expected = row.out[method];
      const [tauProxy, tauMacro] = expected.tau as [number, number];
      const [meanProxy, meanMacro] = expected.mu as [number, number];
      const rho = Math.min(1, expected.rho);
      row.in.y_proxy.forEach((proxyEffect, k) => {
        const found = predictMacro({
          effects: { tauProxy, tauMacro, rho, meanProxy, meanMacro },
          sampling: { proxy: row.in.var_proxy[k]!, macro: 1, correlation: 0 },
          n: 1,
          proxyEffect,
        });
        expect(found.mean).toBeCloseTo(expected.predict_macro_from_proxy_only[k]!, 13);
        const variance = found.standardDeviation ** 2;
        expect(relativeError(variance, expected.predict_var_from_proxy_only[k]!)).toBeLessThan(1e-10);
      });
    }
  });
});

describe.each(KINDS)("one metric by %s", (method) => {
  it.each(tables.univariate.map((row) => [row.in.y.length, row] as const))(
    "agrees with metafor's rma for %i experiments",
    (_experiments, row) => {
      const expected = row.out[method];
      const fit = randomEffectsFit(
        tableOf(
          row.in.y.map((effect) => [effect]),
          row.in.se.map((error) => [[error * error]]),
        ),
        method === "REML" ? "reml" : "ml",
      );
      // metafor's iterations end at steps of 1e-14 in tau², and near 0 where it is 0.
      expect(Math.abs(fit.covariance[0]![0]! - expected.tau2)).toBeLessThan(1e-14);
      if (expected.tau2 < 1e-14) expect(fit).toMatchObject({ onBoundary: true, tau: [0] });
      const error = Math.sqrt(fit.meanCovariance[0]![0]!);
      expect(relativeError(fit.mean[0]!, expected.est)).toBeLessThan(1e-11);
      expect(relativeError(error, expected.se)).toBeLessThan(1e-10);
      expect(fit.iSquared[0]).toBeCloseTo(expected.I2 / 100, 9);
      if (!("blup" in expected)) return;
      expectClose(fit.blups.flat(), expected.blup, 1e-8);
      expect(relativeError(error * Math.sqrt(fit.dispersion), expected.knha_se)).toBeLessThan(1e-10);
    },
  );
});
