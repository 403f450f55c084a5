/** The sentences of a drill. */
import type { DrillStepId, HandStepId } from '#shared/breakglass-drill.ts'
import { countOf } from '../lib/format.ts'

const TITLES: Readonly<Record<DrillStepId, string>> = {
  'set-up': 'Set up',
  open: 'Open',
  'show-password': 'Password',
  'show-code': 'Code',
  'assume-role': 'Role',
  close: 'Close',
  rotate: 'Rotate',
  'write-note': 'Note',
  'verify-log': 'Log proven',
  'take-back': 'Taken back',
}
const NEXT: Readonly<Record<HandStepId, string>> = {
  'set-up': 'Set up emergency access, as was done once for the real account: Set up in an account…',
  open: 'Break the seal: Open… on its slip, with a reason.',
  'show-password': 'Show or copy the password.',
  'show-code': 'Show or copy a one-time code.',
  'assume-role': 'Take the role: Sign in or Switch beside it.',
  close: 'Close it: Close and rotate does the next step as well.',
  rotate: 'Change what was seen: “left to do” on the slip, then Change now.',
  'write-note': 'Write down what it was for: “left to do” on the slip.',
}

export const drillStrings = {
  name: 'Drill',
  on: 'Drill on a practice account. Nothing here is real.',
  onFor: (name: string) => `Drill for ${name}, on a practice account. Nothing here is real.`,
  titles: TITLES,
  next: NEXT,
  all: 'Every step is done. Finish proves the log and takes everything back.',
  stop: 'Stop',
  finish: 'Finish',
  finishing: 'Finishing',
  starting: 'Getting a practice account ready',
  start: 'Start the drill',
  rehearse: 'Rehearse it…',
  ask: {
    title: (name: string | null) => (name === null ? 'Rehearse the emergency path?' : `Drill for ${name}?`),
    lead: 'You do every step yourself, on these screens, against a practice account made for it. Nothing in AWS is touched, and nothing of yours.',
    steps: 'What you will do',
    after: 'At the end there is a report: how long it took, and what was missed.',
  },
  report: {
    title: (left: number) => (left === 0 ? 'The drill is done' : 'The drill is over'),
    took: (seconds: number) => `It took ${duration(seconds)}.`,
    complete: 'Every step was done.',
    left: (failed: number, missed: number) =>
      [
        ...(failed > 0 ? [`${countOf(failed, 'step')} failed.`] : []),
        ...(missed > 0 ? [`${countOf(missed, 'step')} missed.`] : []),
      ].join(' '),
    notCounted: (name: string) => `It does not count as a drill of ${name}.`,
    missed: 'Missed',
    failed: 'Failed',
    seconds: (seconds: number) => duration(seconds),
    done: 'Done',
  },
} as const

function duration(seconds: number): string {
  const whole = Math.round(seconds)
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}
