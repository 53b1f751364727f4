// The fixed suite: figures of every floor, by their names. Plain JavaScript without any import, since each runtime and
// the browser has to run the same file.

const PROBABILITIES = [1e-300, 1e-12, 0.001, 0.025, 0.3, 0.5, 0.8, 0.975, 1 - 1e-9];
const WIDE = [-30, -8, -3.3, -1, -1e-8, 0, 0.25, 1.96, 6, 12, 37];
const POSITIVE = [1e-9, 0.01, 0.4, 1, 2.5, 7, 31, 120, 900];
const COUNTS = [0, 1, 2, 5, 9, 17, 30, 40];

/** Each distribution: parameters, and where its functions are asked. */
const DISTRIBUTIONS = {
  normal: { at: WIDE, parameters: [[]] },
  studentT: { at: WIDE, parameters: [[1], [4.5], [30], [2e5]] },
  noncentralT: {
    at: [-3, 0, 0.5, 2, 5, 20],
    parameters: [
      [4, 1],
      [38, 2.8],
    ],
  },
  beta: {
    at: [1e-12, 0.001, 0.04, 0.3, 0.5, 0.72, 0.999, 1 - 1e-9],
    parameters: [
      [0.5, 0.5],
      [2, 5],
      [123, 21185],
      [3e5, 2e5],
    ],
  },
  gamma: {
    at: POSITIVE,
    parameters: [
      [0.3, 1],
      [2, 0.5],
      [150, 1.5],
    ],
  },
  chiSquared: { at: POSITIVE, parameters: [[1], [4], [250]] },
  f: {
    at: POSITIVE,
    parameters: [
      [1, 10],
      [3, 40.5],
      [200, 300],
    ],
  },
  poisson: { at: COUNTS, parameters: [[0.02], [3], [28]] },
  binomial: {
    at: COUNTS,
    parameters: [
      [40, 0.01],
      [40, 0.3],
      [100000, 0.0002],
    ],
  },
  betaBinomial: {
    at: COUNTS,
    parameters: [
      [40, 0.5, 0.5],
      [40, 12, 30],
    ],
  },
  hypergeometric: {
    at: COUNTS,
    parameters: [
      [{ population: 100, successes: 50, draws: 40 }],
      [{ population: 42613, successes: 389, draws: 21306 }],
    ],
  },
  studentizedRange: {
    at: [0.1, 1, 3.3, 5, 9],
    parameters: [
      [3, 10],
      [5, 200],
    ],
  },
};

/**
 * Every figure as a name and a value: of distributions in body and tails, of each recorded call of a public function,
 * of whole documents, of seeded draws, and of each generated input, all of whose figures are one digest.
 */
export function figuresOf(microlift, { calls, documents, generated }) {
  const figures = {};
  for (const [name, { at, parameters }] of Object.entries(DISTRIBUTIONS)) {
    for (const [member, f] of Object.entries(microlift[name])) {
      const points = member.startsWith("quantile") ? PROBABILITIES : at;
      for (const rest of parameters) {
        for (const point of points) {
          record(figures, `${name}.${member}(${JSON.stringify([point, ...rest]).slice(1, -1)})`, () =>
            f(point, ...rest),
          );
        }
      }
    }
  }
  for (const h of [-6, -0.5, 0, 1.3]) {
    for (const rho of [-0.999, -0.4, 0, 0.7, 0.99]) {
      record(figures, `bivariateNormal.cdf(${h}, 0.8, ${rho})`, () =>
        microlift.bivariateNormal.cdf(h, 0.8, rho),
      );
    }
  }
  for (const [name, recorded] of Object.entries(calls)) {
    const f = name.split(".").reduce((owner, key) => owner[key], microlift);
    recorded.forEach((args, i) => record(figures, `${name} #${i + 1}`, () => f(...args)));
  }
  for (const [name, document] of Object.entries(documents)) {
    record(figures, `analyzeExperiment ${name}`, () => microlift.analyzeExperiment(document));
  }
  generated.forEach(([name, args], i) => {
    const f = name.split(".").reduce((owner, key) => owner[key], microlift);
    const own = {};
    record(own, "", () => f(...args));
    figures[`generated ${i + 1} ${name}`] = digest(own);
  });
  recordDraws(figures, microlift);
  return figures;
}

/** Draws of a seeded stream, which have to be the same ones everywhere. */
function recordDraws(figures, microlift) {
  for (const seed of [0, 2024, 4294967295, 1e15]) {
    const random = microlift.createRandom(seed);
    for (let i = 0; i < 50; i++) {
      const draw = (kind, value) => flatten(figures, `createRandom(${seed}).${kind} #${i + 1}`, value);
      draw("uniform", random.uniform());
      draw("normal", random.normal());
      draw("gamma", random.gamma(0.3 + i));
      draw("beta", random.beta(0.5, 2 + i));
      draw("binomial", random.binomial(10 ** (i % 7), 0.02 + i / 60));
    }
  }
  const looks = { n: [2000, 4000], upper: [2.3, 1.96], lower: [-2.3, -1.96], experiments: 2000 };
  const rng = microlift.createRandom(7).split();
  record(figures, "simulateSequential", () =>
    microlift.simulateSequential({ baseline: 0.05, lift: 0.1, ...looks, rng }),
  );
}

function record(figures, name, call) {
  let value;
  try {
    value = call();
  } catch (error) {
    value = `${error.name}: ${error.message}`;
  }
  flatten(figures, name, value);
}

/** Numbers and words by their paths. Lists of nodes and curves are long: of more than sixty, every so many'th stands. */
function flatten(figures, path, value) {
  if (typeof value === "number") figures[path] = bits(value);
  else if (typeof value === "string" || typeof value === "boolean") figures[path] = value;
  else if (Array.isArray(value)) {
    const step = Math.ceil(value.length / 60);
    value.forEach((part, i) => i % step === 0 && flatten(figures, `${path}[${i}]`, part));
  } else if (typeof value === "object" && value !== null) {
    for (const [key, part] of Object.entries(value)) flatten(figures, `${path}.${key}`, part);
  }
}

/** Whether it is an answer or a complaint, and a hash of every figure and word of it (FNV-1a). */
function digest(figures) {
  const isComplaint = Object.keys(figures).length === 1 && /^\w*Error: /.test(String(figures[""]));
  let hash = 0x811c9dc5;
  for (const [path, value] of Object.entries(figures)) {
    const text = `${path}=${value};`;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return `${isComplaint ? "complaint" : "answer"} ${(hash >>> 0).toString(16)}`;
}

const view = new DataView(new ArrayBuffer(8));

/** The 64 bits of a number, in hexadecimal digits. */
function bits(value) {
  view.setFloat64(0, value);
  return `0x${view.getBigUint64(0).toString(16).padStart(16, "0")}`;
}
