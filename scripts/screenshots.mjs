// `npm run screenshots`: pictures of every screen in both themes, from the real app on the practice account.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { runInRing } from './in-ring.mjs'
import { root, setUp } from './setup.mjs'

setUp({ tests: true })
ensureBuilt()
const folder = join(root, 'docs/screens')
mkdirSync(folder, { recursive: true })
process.exitCode = runInRing(['playwright', 'test', 'looks'], { env: { HALLPASS_SCREENS: folder } })
