/** Files of the console, in every shape it has had (facts F.5), and what is none. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseConsoleCredentials, readConsoleFile } from '#core/breakglass/console-file.ts'

const URL_OF_ACCOUNT = 'https://123456789012.signin.aws.amazon.com/console'
const ID = 'AKIAIOSFODNN7EXAMPLE'
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'console-file-'))
  file = join(folder, 'EmergencyAccess_credentials.csv')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const parse = (text: string, name = 'x.csv') => parseConsoleCredentials(Buffer.from(text), name)

const password = { userName: 'EmergencyAccess', password: 'pa$s-Word1', signInUrl: URL_OF_ACCOUNT }
const key = { accessKeyId: ID, secretAccessKey: SECRET }
const none = { userName: null, password: null, signInUrl: null, accessKeyId: null, secretAccessKey: null }

describe('each shape', () => {
  it.each([
    [
      'of a password, now',
      `User name,Password,Console sign-in URL\nEmergencyAccess,pa$s-Word1,${URL_OF_ACCOUNT}\n`,
      password,
    ],
    [
      'saved by a spreadsheet',
      `\ufeffUser name,Password,Console sign-in URL\r\nEmergencyAccess,pa$s-Word1,${URL_OF_ACCOUNT}\r\n`,
      password,
    ],
    [
      'of a password, older',
      `"User Name","Password","Direct Signin Link"\n"EmergencyAccess","pa$s-Word1","${URL_OF_ACCOUNT}"`,
      password,
    ],
    [
      'with its columns moved',
      `console sign-in url, PASSWORD ,user NAME\n${URL_OF_ACCOUNT},pa$s-Word1,EmergencyAccess`,
      password,
    ],
    [
      'of a new user until 2022',
      `User name,Password,Access key ID,Secret access key,Console login link\nEmergencyAccess,pa$s-Word1,${ID},${SECRET},${URL_OF_ACCOUNT}\n`,
      { ...password, ...key },
    ],
    ['of an access key', `Access key ID,Secret access key\n${ID},${SECRET}\n`, key],
    [
      'of an access key, older',
      `User Name,Access Key Id,Secret Access Key\n"EmergencyAccess",${ID},${SECRET}`,
      { ...key, userName: 'EmergencyAccess' },
    ],
    ['of the root user, old', `AWSAccessKeyId=${ID}\nAWSSecretKey=${SECRET}\n`, { ...key, isRoot: true }],
  ])('%s', (_, text, expected) => {
    expect(parse(text)).toEqual([{ ...none, isRoot: false, ...expected }])
  })

  it('knows a root user’s file by its name', () => {
    expect(parse(`Access key ID,Secret access key\n${ID},${SECRET}\n`, 'rootkey.csv')).toMatchObject([{ isRoot: true }])
  })
})

describe('a password', () => {
  // A field that begins with a quote is quoted, as far as anybody can tell; the console writes none that way.
  const unquoted = fc
    .string({ minLength: 1, maxLength: 40, unit: fc.constantFrom(...'aZ9,,""\'!#%&;: ') })
    .filter((text) => text.trim() === text && !text.startsWith('"') && !/^,|,$/.test(text))

  it('is taken as it stands, with commas and quotes in it', () => {
    fc.assert(
      fc.property(unquoted, (text) => {
        const [row] = parse(`User name,Password,Console sign-in URL\nalice,${text},${URL_OF_ACCOUNT}\n`)
        expect(row).toMatchObject({ userName: 'alice', password: text, signInUrl: URL_OF_ACCOUNT })
      }),
      { numRuns: 2000 },
    )
  })

  it('is taken from within quotes, as CSV has it', () => {
    const any = fc.string({ minLength: 1, maxLength: 40, unit: fc.constantFrom(...'aZ9,,""\'!#%&;: ') })
    fc.assert(
      fc.property(any, (text) => {
        const quoted = `"${text.replaceAll('"', '""')}"`
        const rows = text.trim() === '' ? [] : parse(`"User name","Password"\n"alice",${quoted}\n`)
        if (text.trim() !== '') expect(rows).toMatchObject([{ password: text }])
      }),
      { numRuns: 2000 },
    )
  })
})

describe('what is none', () => {
  it.each([
    ['nothing', '', /neither/],
    ['other columns', 'a,b\n1,2\n', /neither/],
    ['titles alone', 'User name,Password,Console sign-in URL\n', /no credentials/],
    ['half a key', `User name,Password,Access key ID,Secret access key\nalice,x1,${ID},\n`, /half an access key/],
    [
      'a foreign address',
      'User name,Password,Console sign-in URL\nalice,x1,https://signin.example.com/console\n',
      /sign-in address/,
    ],
    ['a user name that can’t be', 'User name,Password\na b c,x1\n', /user name/],
    ['bytes', '\u0000\u0001\u0002', /neither/],
  ])('%s', (_, text, message) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({ code: 'csv.invalid', message: expect.stringMatching(message) }),
    )
  })

  it('no text at all', () => {
    expect(() => parseConsoleCredentials(Buffer.from([0xff, 0xfe, 0x41]), 'x.csv')).toThrow(/not text/)
  })

  it('10 MB of noise are refused before they are read', async () => {
    writeFileSync(file, Buffer.alloc(10 * 1024 * 1024, 'noise,'))
    await expect(readConsoleFile(file)).rejects.toMatchObject({ code: 'file.too-large' })
  })

  it('errors quote nothing of it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, maxLength: 60, unit: 'binary-ascii' }), (noise) => {
        const secret = 'planted-secret-42'
        try {
          parse(`User name,Password,Access key ID,Secret access key\nalice,${secret}${noise},${secret},${secret}\n`)
        } catch (error) {
          expect(JSON.stringify(error)).not.toContain(secret)
          expect(String(error)).not.toContain(secret)
        }
      }),
    )
  })
})

describe('the file', () => {
  const write = (text: string) => writeFileSync(file, text)
  const two = `User name,Password,Console sign-in URL\nalice,a1,${URL_OF_ACCOUNT}\nbob,b1,${URL_OF_ACCOUNT}\n`

  it('is previewed without its secrets, and gives the account', async () => {
    write(`User name,Password,Console sign-in URL\nalice,pa$s-Word1,${URL_OF_ACCOUNT}\n`)
    const { preview, fields } = await readConsoleFile(file)
    expect(preview).toEqual({
      userName: 'alice',
      signInUrl: URL_OF_ACCOUNT,
      accessKeyId: null,
      hasPassword: true,
      isRoot: false,
    })
    expect(fields).toMatchObject({ password: 'pa$s-Word1', accountId: '123456789012' })
    expect(readdirSync(folder)).toEqual(['EmergencyAccess_credentials.csv'])
  })

  it('of several users needs one to be named', async () => {
    write(two)
    await expect(readConsoleFile(file)).rejects.toMatchObject({
      code: 'csv.invalid',
      hint: expect.stringContaining('alice, bob'),
    })
    await expect(readConsoleFile(file, 'carol')).rejects.toMatchObject({ code: 'csv.invalid' })
    expect((await readConsoleFile(file, 'bob')).fields).toMatchObject({ userName: 'bob', password: 'b1' })
  })

  it('of a root user is refused with what to do', async () => {
    write(`AWSAccessKeyId=${ID}\nAWSSecretKey=${SECRET}\n`)
    await expect(readConsoleFile(file)).rejects.toMatchObject({
      code: 'csv.invalid',
      hint: expect.stringMatching(/Delete that key/),
    })
  })

  it('is deleted on request, unless it is another one by then', async () => {
    write(`User name,Password\nalice,a1\n`)
    const draft = await readConsoleFile(file)
    write(`User name,Password\nalice,a2\n`)
    await expect(draft.deleteFile()).rejects.toMatchObject({ code: 'file.changed' })
    expect(readFileSync(file, 'utf8')).toContain('a2')
    await (await readConsoleFile(file)).deleteFile()
    expect(existsSync(file)).toBe(false)
  })
})
