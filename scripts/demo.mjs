// `npm run demo`: the main job on the practice account, with no AWS account at hand. On Linux everything happens in a
// private home with a keychain of its own; elsewhere in the system's keychain, cleaned up afterwards.
import { resolve } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { runInRing } from './in-ring.mjs'
import { root, setUp } from './setup.mjs'

const missing = setUp()
ensureBuilt()
if (missing.length > 0) {
  console.error(`The demo needs ${missing.join(', ')}.`)
  process.exit(1)
}
process.exitCode = runInRing(['node', resolve(root, 'scripts/demo-tour.mjs')], { keepDisplay: true })
