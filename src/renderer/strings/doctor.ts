/** The sentences of the doctor page. What a check says comes from core. */
import { countOf } from '../lib/format.ts'

export const doctorStrings = {
  title: 'Doctor',
  lead: 'Everything Hallpass depends on.',
  checking: 'Checking',
  again: 'Check again',
  askAws: 'Ask AWS too',
  save: 'Save report…',
  allWell: 'All is well',
  summary: (failed: number, odd: number) =>
    [
      ...(failed > 0 ? [`${failed} ${failed === 1 ? 'does' : 'do'} not work`] : []),
      ...(odd > 0 ? [`${odd} to look at`] : []),
    ].join(', '),
  problems: 'To look at',
  passed: (count: number) => countOf(count, 'check passed', 'checks passed'),
  states: { ok: 'In order', warn: 'Look', fail: 'Does not work' },
  repairs: {
    'repair-files': 'Make safe repairs',
    'repair-command': 'Write it again',
    'clear-static-keys': 'Take them out',
    'tighten-folder': 'Tighten',
  },
  repairing: 'Repairing',
  places: {
    import: 'Move keys…',
    activity: 'Show activity',
    sessions: 'Show sessions',
    roles: 'Show roles',
    identities: 'Show identities',
    breakglass: 'Show break-glass',
  },
  reportTitle: 'Save a report',
  reportLead:
    'For somebody who is to help you: versions, these checks, counts and the last log lines. No secret is in it.',
  reportNames: 'Names, account ids, ARNs and paths',
  names: { hashed: 'Stand-ins', 'left-out': 'Left out' },
  namesHint: {
    hashed: 'The same name has the same stand-in all through the report, so that what belongs together shows.',
    'left-out': 'Nothing tells one name from another.',
  },
  reportSave: 'Save',
  saving: 'Saving',
  saved: (file: string) => `${file} saved. Read it before you send it.`,
} as const
