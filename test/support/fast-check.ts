import { configureGlobal } from "fast-check";

// The same cases in every run, so that a red build means a change. `FAST_CHECK_SEED=$RANDOM npm test` looks further.
configureGlobal({ seed: Number(process.env["FAST_CHECK_SEED"] ?? 20_261_122) });
