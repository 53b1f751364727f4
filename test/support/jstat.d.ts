// The few functions of jstat that tests compare with; the package has no types of its own.
declare module "jstat" {
  type Distribution = Record<"pdf" | "cdf" | "inv", (...args: number[]) => number>;
  const jstat: Record<string, Distribution>;
  export default jstat;
}
