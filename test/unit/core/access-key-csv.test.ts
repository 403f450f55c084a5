/** Every access-key file the console ever offered, and what spreadsheets and people make of them. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type AccessKeyRow,
  chooseAccessKey,
  parseAccessKeyFile,
  readAccessKeyFile,
  suggestIdentityName,
} from '#core/access-key-csv.ts'
import { HallpassError } from '#shared/errors.ts'

const ID = 'AKIAIOSFODNN7EXAMPLE'
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const parse = (text: string, fileName = 'alice_accessKeys.csv') => parseAccessKeyFile(Buffer.from(text), fileName)
const row = (over: Partial<AccessKeyRow> = {}): AccessKeyRow => ({
  accessKeyId: ID,
  secretAccessKey: SECRET,
  userName: null,
  isRoot: false,
  ...over,
})

describe('the files of the console', () => {
  it.each([
    ['today’s', `Access key ID,Secret access key\n${ID},${SECRET}\n`, row()],
    [
      'new users until about 2022',
      `User name,Password,Access key ID,Secret access key,Console login link\nalice,,${ID},${SECRET},https://123456789012.signin.aws.amazon.com/console\n`,
      row({ userName: 'alice' }),
    ],
    [
      'new users with a password full of commas and quotes',
      `User name,Password,Access key ID,Secret access key,Console login link\nalice,a,"b,,c'",${ID},${SECRET},https://x.example/console\n`,
      row({ userName: 'alice' }),
    ],
    [
      'new users with a lone quote in the password',
      `User name,Password,Access key ID,Secret access key,Console login link\nalice,a"b,${ID},${SECRET},https://x.example/console\n`,
      row({ userName: 'alice' }),
    ],
    ['about 2016', `User Name,Access Key Id,Secret Access Key\n"alice",${ID},${SECRET}\n`, row({ userName: 'alice' })],
    [
      'before, all quoted',
      `"User Name","Access Key Id","Secret Access Key"\n"alice","${ID}","${SECRET}"`,
      row({ userName: 'alice' }),
    ],
    [
      'a column added by hand',
      `Secret access key , USER NAME,access key id\n${SECRET}, alice ,${ID}\n`,
      row({ userName: 'alice' }),
    ],
    ['byte order mark and CRLF', `\ufeffAccess key ID,Secret access key\r\n${ID},${SECRET}\r\n`, row()],
    ['no last line feed', `Access key ID,Secret access key\n${ID},${SECRET}`, row()],
    ['blank lines and trailing commas', `Access key ID,Secret access key,,\n\n${ID},${SECRET},,\n,,,\n`, row()],
    ['the old root key', `AWSAccessKeyId=${ID}\r\nAWSSecretKey=${SECRET}\r\n`, row({ isRoot: true })],
  ])('%s', (_name, text, expected) => {
    expect(parse(text)).toEqual([expected])
  })

  it.each(['rootkey.csv', 'rootkey (1).csv', 'RootKey.csv'])('marks %s as a root user’s', (fileName) => {
    expect(parse(`Access key ID,Secret access key\n${ID},${SECRET}\n`, fileName)).toEqual([row({ isRoot: true })])
  })
})

describe('files that are something else', () => {
  it.each([
    ['empty', ''],
    ['a header only', 'Access key ID,Secret access key\n'],
    ['no secret column', `User name,Access key ID\nalice,${ID}\n`],
    ['a password file', '"User Name","Password","Direct Signin Link"\n"alice","x","https://x.example"\n'],
    ['a wrong id', `Access key ID,Secret access key\nhello,${SECRET}\n`],
    ['a temporary key', `Access key ID,Secret access key\n${ID.replace('AKIA', 'ASIA')},${SECRET}\n`],
    ['a cut secret', `Access key ID,Secret access key\n${ID},short\n`],
    ['a secret missing', `Access key ID,Secret access key\n${ID}\n`],
    ['JSON', `{"AccessKeyId": "${ID}", "SecretAccessKey": "${SECRET}"}`],
    ['an unclosed quote', `Access key ID,Secret access key\n"${ID},${SECRET}\n`],
  ])('%s', (_name, text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'csv.invalid' }))
  })

  it('bytes that are no text', () => {
    expect(() => parseAccessKeyFile(Buffer.from([0xff, 0xfe, 0x41, 0x00, 0xd8]), 'x.csv')).toThrow(
      expect.objectContaining({ code: 'csv.invalid' }),
    )
  })

  it('fail with a coded error that does not quote them, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.boolean(), (noise, withHeader) => {
        try {
          parse(`${withHeader ? 'Access key ID,Secret access key\n' : ''}${noise}MARKER`)
        } catch (error) {
          if (!(error instanceof HallpassError)) throw error
          expect(error.code).toBe('csv.invalid')
          expect(`${error.message}${error.hint}`).not.toContain('MARKER')
        }
      }),
    )
  })
})

it('reads back any valid key, quoted or not, in any order of columns', () => {
  const key = fc.record({
    accessKeyId: fc.stringMatching(/^AKIA[A-Z2-7]{16}$/),
    secretAccessKey: fc.stringMatching(/^[A-Za-z0-9/+]{40}$/),
    userName: fc.stringMatching(/^[A-Za-z0-9+=,.@_-]{1,20}$/),
  })
  fc.assert(
    fc.property(fc.array(key, { minLength: 1, maxLength: 5 }), fc.boolean(), (keys, crlf) => {
      const lines = keys.map((each) => `"${each.userName}",${each.secretAccessKey},"${each.accessKeyId}"`)
      const text = ['User Name,Secret access key,Access key ID', ...lines].join(crlf ? '\r\n' : '\n')
      expect(parse(text)).toEqual(keys.map((each) => ({ ...each, isRoot: false })))
    }),
  )
})

describe('choosing a key', () => {
  const two = [row({ userName: 'alice' }), row({ userName: 'bob', accessKeyId: 'AKIAIOSFODNN8EXAMPLE' })]

  it('takes the only one, or the one asked for', () => {
    expect(chooseAccessKey([row()])).toEqual(row())
    expect(chooseAccessKey(two, 'bob').userName).toBe('bob')
  })

  it('does not guess between two', () => {
    expect(() => chooseAccessKey(two)).toThrow(
      expect.objectContaining({ code: 'csv.invalid', hint: 'Choose one user: alice, bob.' }),
    )
    expect(() => chooseAccessKey(two, 'carol')).toThrow(expect.objectContaining({ code: 'csv.invalid' }))
  })
})

describe('the name of the identity', () => {
  it.each([
    [row({ userName: 'alice' }), '/x/credentials.csv', 'alice'],
    [row(), '/x/alice_accessKeys.csv', 'alice'],
    [row(), '/x/alice.smith@example.com_accessKeys (1).csv', 'alice.smith@example.com'],
    [row(), '/x/accessKeys.csv', undefined],
    [row({ isRoot: true }), '/x/rootkey.csv', undefined],
    [row({ userName: '-dash' }), '/x/credentials.csv', undefined],
  ])('%o in %s', (key, path, name) => {
    expect(suggestIdentityName(key, path)).toBe(name)
  })
})

describe('reading the file', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'access-key-csv-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('gives the key', async () => {
    const path = join(folder, 'alice_accessKeys.csv')
    await writeFile(path, `Access key ID,Secret access key\n${ID},${SECRET}\n`)
    expect(await readAccessKeyFile(path)).toMatchObject({ key: row(), holdsOthers: false })
  })

  it('refuses more than 1 MB, without reading it', async () => {
    const path = join(folder, 'large.csv')
    await writeFile(path, `Access key ID,Secret access key\n${ID},${SECRET}\n${'\n'.repeat(1024 * 1024)}`)
    await expect(readAccessKeyFile(path)).rejects.toMatchObject({ code: 'file.too-large' })
  })

  it('says what is wrong with the path', async () => {
    await expect(readAccessKeyFile(join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'file.not-found' })
    await expect(readAccessKeyFile(folder)).rejects.toMatchObject({ code: 'file.not-a-file' })
    const path = join(folder, 'locked.csv')
    await writeFile(path, 'x')
    await chmod(path, 0)
    // root reads everything, so only the others see the refusal.
    const code = process.getuid?.() === 0 ? 'csv.invalid' : 'file.permission'
    await expect(readAccessKeyFile(path)).rejects.toMatchObject({ code })
  })
})
