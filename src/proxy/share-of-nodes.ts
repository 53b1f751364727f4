/** The share of the weight of a posterior's nodes at which something holds. */
export function shareOfNodes<Node extends { readonly weight: number }>(
  nodes: readonly Node[],
  holds: (node: Node, i: number) => boolean,
): number {
  const share = nodes.reduce((sum, node, i) => (holds(node, i) ? sum + node.weight : sum), 0);
  // Rounding may carry the sum of all weights past 1.
  return Math.min(1, share);
}
