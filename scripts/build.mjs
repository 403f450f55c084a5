// Builds the app and the command when a source file is newer than what was built.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './setup.mjs'

const OUTPUTS = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html', 'out/cli/hallpass.cjs']
const SOURCES = ['src', 'package.json', 'electron.vite.config.ts', 'vite.cli.config.ts', 'package-lock.json']

export function ensureBuilt() {
  const built = OUTPUTS.map((file) => join(root, file))
  const oldest = Math.min(...built.map((file) => (existsSync(file) ? statSync(file).mtimeMs : 0)))
  if (oldest > Math.max(...SOURCES.map((path) => newest(join(root, path))))) return
  console.error('build: the app and the command')
  if (run('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] }) !== 0)
    throw new Error('the build failed')
}

function newest(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}
