/** A discovery's report as the page gets it: counts, and the first of each list. */
import type { DiscoveryReport } from '#shared/identity-center-view.ts'
import type { DiscoveryView } from '#shared/ipc.ts'

/** Of each list; more than anybody reads in a dialog. */
const FIRST = 100
const FIRST_DIFF_LINES = 400

export function discoveryView(report: DiscoveryReport, isDryRun: boolean): DiscoveryView {
  const { added, gone, removed, renamedAccounts, refused, filesDiff, ...same } = report
  const lines = filesDiff.split('\n')
  return {
    ...same,
    isDryRun,
    added: first(added),
    gone: first(gone),
    removed: removed.length,
    renamedAccounts: first(renamedAccounts),
    refused: first(refused),
    filesDiff: lines.slice(0, FIRST_DIFF_LINES).join('\n'),
    diffLinesLeftOut: Math.max(0, lines.length - FIRST_DIFF_LINES),
  }
}

function first<T>(list: readonly T[]): { count: number; first: T[] } {
  return { count: list.length, first: list.slice(0, FIRST) }
}
