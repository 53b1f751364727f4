import type { TwoArms } from "../summaries/two-arms.ts";

/** Share of the planned information that units of both arms carry: that of a difference is as the harmonic mean of both n. */
export function unitInformation(units: TwoArms<number>, planned: TwoArms<number>): number {
  return (
    ((units.control / planned.control) *
      (units.treatment / planned.treatment) *
      (planned.control + planned.treatment)) /
    (units.control + units.treatment)
  );
}
