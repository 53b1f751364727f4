/** Beyond so many standard deviations no double is left of a normal tail. */
const OUT_OF_REACH = 40;

/** A boundary on the z scale, or the infinity that it is as good as for a walk with such a drift: no grid reaches so far. */
export function reachableBoundary(z: number, information: number, drift: number): number {
  const distance = z - drift * Math.sqrt(information);
  return Math.abs(distance) > OUT_OF_REACH ? Math.sign(distance) * Infinity : z;
}
