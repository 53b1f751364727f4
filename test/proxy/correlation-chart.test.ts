import { describe, expect, it } from "vitest";
import { covarianceAtPoint, pointOfCovariance } from "../../src/proxy/correlation-chart.ts";

describe("the chart of covariances", () => {
  it("leads from a covariance to its point and back", () => {
    const covariance = new Float64Array([4, 1.2, 0.2, 1.2, 1, 0.3, 0.2, 0.3, 0.5]);
    const point = pointOfCovariance(3, covariance)!;
    expect(point).toHaveLength(6);
    covarianceAtPoint(3, point).forEach((value, i) => expect(value).toBeCloseTo(covariance[i]!, 13));
    // Fisher's z of the correlation 0.8 of two metrics, after the logs of their deviations.
    const [first, second, z] = pointOfCovariance(2, new Float64Array([9, 4.8, 4.8, 4]))!;
    expect(first).toBeCloseTo(Math.log(3), 14);
    expect(second).toBeCloseTo(Math.log(2), 14);
    expect(z).toBeCloseTo(Math.atanh(0.8), 13);
  });

  it("has no point for what is not positive definite", () => {
    expect(pointOfCovariance(2, new Float64Array([1, 2, 2, 1]))).toBeNull();
  });
});
