/** One of a thing for each arm. */
export interface EachArm<T> {
  readonly control: T;
  readonly treatment: T;
}
