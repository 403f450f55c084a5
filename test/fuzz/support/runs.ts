/** How many cases each property is tried on; `HALLPASS_FUZZ_RUNS` asks for more. */
export const RUNS = Number(process.env.HALLPASS_FUZZ_RUNS ?? 10_000)

/** Long enough for ten times the usual number of cases on a slow machine, in milliseconds. */
export const FUZZ_TIMEOUT = Math.max(120_000, RUNS * 12)
