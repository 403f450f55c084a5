/** `hallpass doctor`. */
import type { CommandDescriptor } from '../descriptor.ts'

export const DOCTOR_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['doctor'],
    heading: 'Looking and mending',
    summary: 'check everything Hallpass depends on, and say what to do',
    description:
      'Exits 0 unless something does not work. Changes nothing without --repair. --report writes what was found, with ' +
      'versions, counts and the last log lines, to a new file for somebody who is to help: no secret is in it, and ' +
      'names, account ids, ARNs and paths are replaced by stand-ins, or left out.',
    options: [
      {
        flags: '--aws',
        summary: 'also ask AWS: unused keys, users without MFA, sealed credentials that no longer work',
      },
      { flags: '--repair', summary: 'do what Hallpass can do by itself about what is wrong' },
      { flags: '--report <file>', summary: 'write a report to a new file', completes: 'files' },
      { flags: '--names <how>', summary: 'names in the report; hashed when left out', choices: ['hashed', 'left-out'] },
    ],
    json: true,
    examples: [
      { run: 'hallpass doctor', does: 'Every check' },
      { run: 'hallpass doctor --aws', does: 'And what only AWS knows, with the identities that are here' },
      { run: 'hallpass doctor --repair', does: 'And repair what can be repaired' },
      { run: 'hallpass doctor --report hallpass-report.json', does: 'A report to send to somebody' },
    ],
    load: async () => (await import('../handlers/doctor.ts')).doctor,
  },
]
