/** `credential_process` lines against the table of B.3. */
import { describe, expect, it } from 'vitest'
import { flawOf } from '#core/awsfiles/check/process-rules.ts'
import { credentialProcessLine } from '#core/awsfiles/command-line.ts'

describe('on POSIX systems', () => {
  it.each([
    '"/opt/a b/x" --name "a b"',
    "/opt/x 'a b'",
    "/opt/x '$HOME | `x`'",
    '/opt/x "a|b;c&d>e*f?~"',
    '/opt/x a\\$b \\| \\~',
    '/opt/x a~b --key=value',
    credentialProcessLine('/home/u/.local/share/hallpass/bin/hallpass', 'my role', 'linux'),
  ])('runs alike everywhere: %s', (line) => {
    expect(flawOf(line, 'linux')).toBeUndefined()
  })

  it.each([
    ['/opt/x $HOME', '$'],
    ['/opt/x "$HOME"', '$'],
    ['/opt/x $(id)', '$'],
    ['/opt/x `id`', '`'],
    ['/opt/x *.pem', '*'],
    ['~/bin/x', '~'],
    ['/opt/x ~/key', '~'],
    ['/opt/x | jq .', '|'],
    ['/opt/x; /opt/y', ';'],
    ['/opt/x && /opt/y', '&'],
    ['/opt/x > /tmp/y', '>'],
    ['/opt/x\n--more', 'a line break'],
    ['FOO=1 /opt/x', 'a variable'],
  ])('is changed by a shell: %s', (line, what) => {
    const flaw = flawOf(line, 'linux')
    expect(flaw).toMatchObject({ code: 'process.shell-syntax', breaks: ['botocore'] })
    expect(flaw?.what).toContain(what)
  })

  it.each(['/opt/x "a', "/opt/x 'a", '/opt/x a\\'])('has an open quote: %s', (line) => {
    expect(flawOf(line, 'linux')).toMatchObject({ code: 'process.open-quote', breaks: ['botocore', 'js-sdk'] })
  })
})

describe('on Windows', () => {
  it.each(['"C:\\Program Files\\x.exe" --name "a b"', 'C:\\x.exe $HOME `a` ~ *', '"C:\\a & b\\x.exe"'])(
    'runs alike everywhere: %s',
    (line) => {
      expect(flawOf(line, 'win32')).toBeUndefined()
    },
  )

  it.each([
    ["C:\\x.exe 'a b'", 'process.single-quotes'],
    ['C:\\x.exe "a', 'process.open-quote'],
    ['"%USERPROFILE%\\x.exe"', 'process.shell-syntax'],
    ['C:\\x.exe | more', 'process.shell-syntax'],
    ['C:\\x.exe ^& y', 'process.shell-syntax'],
  ])('does not: %s', (line, code) => {
    expect(flawOf(line, 'win32')).toMatchObject({ code })
  })
})
