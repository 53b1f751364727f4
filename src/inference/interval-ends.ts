/** Where an interval begins and ends, to be written into: a batch takes one for all of its rows. */
export interface IntervalEnds {
  lower: number;
  upper: number;
}
