/** Units per arm of two equal arms that tell as much as arms of these two sizes; 0 while one of them is empty. */
export function harmonicMean(control: number, treatment: number): number {
  return control === 0 || treatment === 0 ? 0 : 2 * control * (treatment / (control + treatment));
}
