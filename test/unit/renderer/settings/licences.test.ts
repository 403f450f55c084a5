// The licences the app shows are those of the packages as they are installed.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { LICENCES } from '../../../../src/renderer/settings/licences.ts'

const root = resolve(import.meta.dirname, '../../../..')
const packageOf = (folder: string) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))

it.each(LICENCES)('%s is under %s', (name, licence) => {
  expect(packageOf(join('node_modules', name)).license).toBe(licence)
})

it('names whatever may end up in the app', () => {
  const { dependencies, devDependencies } = packageOf('.')
  const onlyForBuilding =
    /^(@types\/|@biomejs\/|@vitejs\/|@playwright\/|axe-core$|@smithy\/|electron-|typescript$|vite$|vitest$|playwright$|fast-check$)/
  const shipped = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !onlyForBuilding.test(name))
  expect(LICENCES.map(([name]) => name)).toEqual(shipped.sort())
})
