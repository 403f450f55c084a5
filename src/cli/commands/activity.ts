/** The `hallpass activity` commands. */
import type { CommandDescriptor } from '../descriptor.ts'

export const ACTIVITY_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['activity', 'list'],
    summary: 'list what was done with which credential, newest first',
    options: [
      { flags: '--limit <count>', summary: 'how many entries at most; 50 when left out, all with 0' },
      { flags: '--since <time>', summary: 'from then on: 2026-11-25, 2026-11-25T14:30Z, or 90m, 12h, 7d ago' },
      {
        flags: '--kind <kind>',
        summary: 'entries of one kind, such as credentials.issued, or of one group, such as session',
      },
      { flags: '--role <name>', summary: 'entries about one role or identity', completes: 'targets' },
    ],
    json: true,
    examples: [
      { run: 'hallpass activity list', does: 'What happened last' },
      {
        run: 'hallpass activity list --role prod --kind credentials --since 1d',
        does: 'Who was given credentials of prod today',
      },
    ],
    load: async () => (await import('../handlers/activity-list.ts')).activityList,
  },
  {
    path: ['activity', 'verify'],
    summary: 'prove that no entry was changed, removed or added behind Hallpass’s back',
    description:
      'Every entry is chained to the one before by its hash, and sealed with a key that starts in the keychain. It exits ' +
      'with 0 when all is as it was recorded, and otherwise names the first entry that is not.',
    json: true,
    examples: [{ run: 'hallpass activity verify', does: 'Check all of it' }],
    load: async () => (await import('../handlers/activity-verify.ts')).activityVerify,
  },
  {
    path: ['activity', 'export'],
    summary: 'write all entries out, oldest first',
    description:
      'To a new file, or to standard output when none is given. With --json it says what was written instead.',
    arguments: [{ name: 'file', summary: 'file to make', optional: true, completes: 'files' }],
    options: [
      { flags: '--format <format>', summary: 'jsonl when left out', choices: ['jsonl', 'csv'] },
      { flags: '--move', summary: 'take them out of the log once they are in the file; it goes on from there' },
    ],
    json: true,
    examples: [
      { run: 'hallpass activity export activity.jsonl', does: 'One JSON object a line' },
      { run: 'hallpass activity export activity.csv --format csv', does: 'For a spreadsheet' },
      { run: 'hallpass activity export activity-2026.jsonl --move', does: 'Archive a log that has grown long' },
    ],
    load: async () => (await import('../handlers/activity-export.ts')).activityExport,
  },
]
