/** A Firefox of the world's own: a program that stands in for it, and the files it keeps. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FakeBrowser, makeFakeBrowser } from '../../support/fake-browser.ts'
import type { World } from './world.ts'

/**
 * With a profile and a container, first on the PATH of what is started from now on.
 * @param outside a folder that is not searched for secrets: what a browser is sent to is one
 */
export function withFirefox(world: World, outside: string): FakeBrowser {
  const profile = join(world.folder, 'home/.mozilla/firefox/x.work')
  mkdirSync(profile, { recursive: true })
  writeFileSync(join(profile, '../profiles.ini'), '[Profile0]\nName=work\nIsRelative=1\nPath=x.work\nDefault=1\n')
  writeFileSync(join(profile, 'containers.json'), '{"identities":[{"public":true,"name":"acme-prod"}]}')
  const firefox = makeFakeBrowser(join(outside, 'bin'), 'firefox')
  world.env.PATH = `${firefox.folder}:${world.env.PATH}`
  return firefox
}
