// `npm run screenshots`: brings the pictures of every screen in docs/screens up to date, from the real app on the practice
// account. Only what looks different is written. With `--compare` nothing is: it fails where something looks different.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { runInRing } from './in-ring.mjs'
import { root, setUp } from './setup.mjs'

setUp({ tests: true })
ensureBuilt()
const folder = join(root, 'docs/screens')
mkdirSync(folder, { recursive: true })
const env = process.argv.includes('--compare') ? { HALLPASS_COMPARE: '1' } : { HALLPASS_SCREENS: folder }
process.exitCode = runInRing(['playwright', 'test', ...withPictures()], { env })

/** The end-to-end tests that take pictures on their way. */
function withPictures() {
  const tests = join(root, 'test/e2e')
  return readdirSync(tests).filter(
    (name) => name.endsWith('.e2e.ts') && /\blook(?:Twice)?\(/.test(readFileSync(join(tests, name), 'utf8')),
  )
}
