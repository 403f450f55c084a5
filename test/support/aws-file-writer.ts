/**
 * A process that edits AWS files until it is killed, printing the number of each edit it has made.
 * `edit STATE FILE` counts up in one section; `profile STATE HOME` writes a profile, static and process in turn.
 */
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { applyEdit } from '#core/awsfiles/apply-edit.ts'
import { findSections, propertiesOf } from '#core/awsfiles/document.ts'
import { appendSection, setProperties } from '#core/awsfiles/document-edit.ts'
import { crashTarget, padding } from './crash-texts.ts'

const [what, stateHome = '', place = ''] = process.argv.slice(2)
const announce = (number: number) => writeSync(1, `${number}\n`)

if (what === 'edit') {
  for (;;) {
    let number = 0
    await applyEdit(
      place,
      (document) => {
        const [section] = findSections(document, 'profile crash')
        const last = section ? propertiesOf(document, section).find(({ key }) => key === 'n')?.value : undefined
        number = Number(last ?? 0) + 1
        const entries = [
          ['n', String(number)],
          ['padding', padding(number)],
        ] as const
        return section ? setProperties(document, section, entries) : appendSection(document, 'profile crash', entries)
      },
      { stateHome, description: `Edit ${number}` },
    )
    announce(number)
  }
}

// Loaded here alone, because the other loop is started hundreds of times and does without.
const { createAwsFiles } = await import('#core/awsfiles/index.ts')
const { openStore } = await import('#core/store/open-store.ts')
const { createMemoryVault, silentLog } = await import('../unit/core/awsfiles/support/aws-home.ts')
const store = openStore({ file: join(stateHome, 'hallpass.db') })
const vault = createMemoryVault()
const options = { env: {}, home: place, stateHome, profiles: store.profiles, vault, clock: Date.now, log: silentLog }
const files = createAwsFiles(options)
for (let number = 1; ; number++) {
  await files.writeProfile(crashTarget(number, number % 2 === 1 ? 'static' : 'process'))
  announce(number)
}
