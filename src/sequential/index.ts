// Experiments read more than once: group-sequential designs, always-valid p-values, confidence sequences.
export {};
