// `npm run screenshots`: brings the pictures of every screen in docs/screens up to date, from the real app on the practice
// account. Only what looks different is written. The end-to-end tests of how screens look compare with them.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { runInRing } from './in-ring.mjs'
import { root, setUp } from './setup.mjs'

setUp({ tests: true })
ensureBuilt()
const folder = join(root, 'docs/screens')
mkdirSync(folder, { recursive: true })
process.exitCode = runInRing(['playwright', 'test', ...withPictures()], { env: { HALLPASS_SCREENS: folder } })

/** The end-to-end tests that take pictures on their way. */
function withPictures() {
  const tests = join(root, 'test/e2e')
  return readdirSync(tests).filter(
    (name) => name.endsWith('.e2e.ts') && /\blook(?:Twice)?\(/.test(readFileSync(join(tests, name), 'utf8')),
  )
}
