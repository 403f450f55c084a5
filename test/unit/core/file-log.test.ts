import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openFileLog } from '#core/file-log.ts'

describe('the log file', () => {
  let home: string
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'hallpass-log-'))
  })
  afterEach(() => rmSync(home, { recursive: true, force: true }))

  it('is made with the first line, readable by this person only', () => {
    const log = openFileLog(home, 'app')
    expect(readdirSync(home)).toEqual([])
    log.info('profile written', { profile: 'dev' })
    const path = join(home, 'logs', 'app.log')
    const line = JSON.parse(readFileSync(path, 'utf8'))
    expect(line).toMatchObject({ level: 'info', message: 'profile written', fields: { profile: 'dev' } })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(join(home, 'logs')).mode & 0o777).toBe(0o700)
  })

  it('is set aside at a mebibyte, and one older file is kept', () => {
    const log = openFileLog(home, 'cli')
    log.info('first')
    const path = join(home, 'logs', 'cli.log')
    writeFileSync(path, 'x'.repeat(1024 * 1024 + 1))
    log.info('second')
    writeFileSync(path, 'y'.repeat(1024 * 1024 + 1))
    log.info('third')
    expect(readdirSync(join(home, 'logs')).sort()).toEqual(['cli.log', 'cli.log.1'])
    expect(readFileSync(`${path}.1`, 'utf8')).toMatch(/^y+$/)
    expect(JSON.parse(readFileSync(path, 'utf8')).message).toBe('third')
  })

  it('never fails the work it reports on', () => {
    writeFileSync(join(home, 'logs'), 'a file where the folder should be')
    expect(() => openFileLog(home, 'app').error('nowhere to write')).not.toThrow()
  })
})
