/** Test files that share a thread (`vitest.config.ts`) must leave it as they found it. */
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { notPlain, plain } from '../../../vitest.config.ts'

const root = resolve(import.meta.dirname, '../../..')
const files = globSync(plain, { cwd: root, exclude: notPlain })

/** What would reach from one file into the next. */
const REPLACES =
  /\bvi\.(?:mock|doMock|stub\w+|useFakeTimers|resetModules)\b|\.prototype, '|\bprocess\.(?:env[.[]\S+ = |on\()/

describe('test files that share a thread', () => {
  it('replace nothing of the process', () => {
    expect(files.length).toBeGreaterThan(100)
    expect(files.filter((file) => REPLACES.test(readFileSync(join(root, file), 'utf8')))).toEqual([])
  })
})
