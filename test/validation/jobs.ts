import type { Job } from "./job.ts";
import { published } from "./jobs/published.ts";

/** Every part of `npm run validate`, in the order of the page; those of a section stand together. */
export const JOBS: readonly Job[] = [published];
