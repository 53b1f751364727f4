/** Both arms of a comparison, each summarised in the same way. */
export interface TwoArms<Arm> {
  readonly control: Arm;
  readonly treatment: Arm;
}
