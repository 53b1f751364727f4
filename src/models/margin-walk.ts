import { hypergeometricLogPmf } from "../numerics/hypergeometric-tails.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** After so many steps by ratios the probability is computed anew, before roundings add up to more than 1e-14. */
const STEPS_BETWEEN_ANCHORS = 64;
const NEGLIGIBLE = 1e-17;

/**
 * A walk over the tables of two arms from cell to neighbouring cell, which carries the probability of the table given
 * its number of conversions: hypergeometric, and so free of the rate that both arms share under H0.
 */
export class MarginWalk {
  /** Conversions of the control. */
  x1 = 0;
  /** Conversions of the treatment. */
  x2 = 0;
  /** ln P(X₂ = x2 given x1 + x2 conversions in all). */
  logPmf = 0;
  readonly n1: number;
  readonly n2: number;
  private steps = 0;

  constructor(n1: number, n2: number) {
    this.n1 = n1;
    this.n2 = n2;
  }

  /** One more conversion, of the control. */
  addToControl(): void {
    const total = this.x1 + this.x2;
    const ratio = ((this.n1 - this.x1) / (this.x1 + 1)) * ((total + 1) / (this.n1 + this.n2 - total));
    this.x1 += 1;
    this.advance(ratio);
  }

  /** One more conversion, of the treatment. */
  addToTreatment(): void {
    const total = this.x1 + this.x2;
    const ratio = ((this.n2 - this.x2) / (this.x2 + 1)) * ((total + 1) / (this.n1 + this.n2 - total));
    this.x2 += 1;
    this.advance(ratio);
  }

  /** One conversion from the control to the treatment. */
  moveToTreatment(): void {
    const ratio = (this.x1 / (this.x2 + 1)) * ((this.n2 - this.x2) / (this.n1 - this.x1 + 1));
    this.x1 -= 1;
    this.x2 += 1;
    this.advance(ratio);
  }

  /** One conversion from the treatment to the control. */
  moveToControl(): void {
    const ratio = (this.x2 / (this.x1 + 1)) * ((this.n1 - this.x1) / (this.n2 - this.x2 + 1));
    this.x1 += 1;
    this.x2 -= 1;
    this.advance(ratio);
  }

  /** Σ over the tables with the same total and more conversions of the treatment, relative to this table. */
  sumBeyond(): number {
    let term = 1;
    let sum = 0;
    for (let x1 = this.x1, x2 = this.x2; x1 > 0 && x2 < this.n2; x1--, x2++) {
      const ratio = (x1 / (x2 + 1)) * ((this.n2 - x2) / (this.n1 - x1 + 1));
      term *= ratio;
      sum += term;
      if (ratio < 1 && term < NEGLIGIBLE * sum * (1 - ratio)) break;
    }
    return sum;
  }

  private advance(ratio: number): void {
    this.steps += 1;
    if (this.steps % STEPS_BETWEEN_ANCHORS !== 0) {
      this.logPmf += ln(ratio);
      return;
    }
    this.logPmf = hypergeometricLogPmf(this.x2, {
      population: this.n1 + this.n2,
      successes: this.n2,
      draws: this.x1 + this.x2,
    });
  }
}
