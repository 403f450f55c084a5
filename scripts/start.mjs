// `npm start`: the app for real use, built first when needed. Electron fetches its binary on the first start.
import { ensureBuilt } from './build.mjs'
import { run, setUp } from './setup.mjs'

setUp()
ensureBuilt()
process.exitCode = run('electron', ['.'])
