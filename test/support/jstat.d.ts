// jstat ships no types. What the tests and benches call of it.
declare module "jstat" {
  interface Distribution {
    pdf(...args: number[]): number;
    cdf(...args: number[]): number;
    inv(...args: number[]): number;
  }
  type Name =
    | "beta"
    | "binomial"
    | "centralF"
    | "chisquare"
    | "gamma"
    | "hypgeom"
    | "noncentralt"
    | "normal"
    | "poisson"
    | "studentt";
  const jStat: Readonly<Record<Name, Distribution>>;
  export default jStat;
}
