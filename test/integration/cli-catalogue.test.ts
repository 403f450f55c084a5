// Role catalogues through the command: from every place one can be at, brought up to date, and refused when it is no good.
import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CataloguePlan, CatalogueResult } from '#shared/catalogue.ts'
import { awsClis } from '../support/aws-clis.ts'
import { motoMissing, startMoto } from '../support/moto.ts'
import { builtCli } from './cli-support/built.ts'
import { DANA, SANDBOX_ADMIN, type Scenario, startScenario } from './cli-support/scenario.ts'

const SECRET = 'abcdEFGH0123/abcdEFGH0123+abcdEFGH012345'

const cli = builtCli()
let world: Scenario
let file: string

beforeEach(async () => {
  world = await startScenario(cli.entry)
  file = join(world.folder, 'roles.yaml')
  const { accessKeyId, secretAccessKey } = world.account.user(DANA)
  await world.json(['identity', 'add', 'work', '--access-key-id', accessKeyId, '--json'], {
    stdin: `${secretAccessKey}\n`,
  })
})
afterEach(() => world.end())

const CATALOGUE = (more = '') => `hallpassCatalogue: 1
name: acme
accounts: [{ id: "345678901234", name: Playground, environment: dev }]
roles:
  - name: sandbox
    arn: ${SANDBOX_ADMIN}
    region: eu-west-1
${more}`
const SECOND = `  - name: second
    arn: arn:aws:iam::123456789012:role/ReadOnly
    from: sandbox
`
const results = ({ items }: CatalogueResult) => items.map(({ key, result }) => [key, result])
const take = (words: readonly string[], options?: Parameters<Scenario['json']>[1]) =>
  world.json([...words, '--yes', '--json'], options) as Promise<CatalogueResult>
const failure = async (words: readonly string[], options?: Parameters<Scenario['run']>[1]) => {
  const before = await world.snapshot()
  const { exitCode, stderr, stdout } = await world.run([...words, '--yes', '--json'], options)
  expect(await world.snapshot()).toEqual(before)
  expect(stdout + stderr).not.toContain(SECRET)
  return { exitCode, code: (JSON.parse(stderr) as { error: { code: string } }).error.code }
}

vi.setConfig({ testTimeout: 120_000 })

describe('a file', () => {
  it('is shown first, then gives roles that work for the AWS CLI', async () => {
    writeFileSync(file, CATALOGUE(SECOND))
    const before = await world.snapshot()
    const plan = (await world.json(['import', 'catalogue', file, '--dry-run', '--json'])) as CataloguePlan
    expect(plan.items.map(({ key, outcome, from }) => [key, outcome, from])).toEqual([
      ['sandbox', 'new', 'work'],
      ['second', 'new', 'sandbox'],
    ])
    // Nobody is there to be asked.
    expect((await world.run(['import', 'catalogue', file])).exitCode).toBe(7)
    expect(await world.snapshot()).toEqual(before)
    expect(results(await take(['import', 'catalogue', file]))).toEqual([
      ['sandbox', 'added'],
      ['second', 'added'],
    ])
    expect(await world.json(['account', 'list', '--json'])).toContainEqual(
      expect.objectContaining({ accountId: '345678901234', name: 'Playground', environment: 'dev' }),
    )
    expect(await world.json(['assume', 'sandbox', '--format', 'json'])).toMatchObject({ RoleArn: SANDBOX_ADMIN })
    await world.json(['profile', 'write', 'sandbox', '--profile', 'moved-in', '--json'])
    const { endpoint } = world.account.describe()
    for (const { program } of awsClis()) {
      const words = ['sts', 'get-caller-identity', '--profile', 'moved-in', '--endpoint-url', endpoint]
      const { stdout } = await promisify(execFile)(program, words, { env: world.env })
      expect(JSON.parse(stdout).Arn).toMatch(/^arn:aws:sts::345678901234:assumed-role\/PlatformAdmin\//)
    }
  })

  it('is pulled again: its changes come in, one’s own stay, what is gone goes', async () => {
    writeFileSync(file, CATALOGUE(SECOND))
    await take(['import', 'catalogue', file, '--from', 'work'])
    await world.json(['identity', 'edit', 'work', '--name', 'office', '--json'])
    expect(results(await take(['catalogue', 'pull']))).toEqual([
      ['sandbox', 'unchanged'],
      ['second', 'unchanged'],
    ])
    await world.json(['role', 'edit', 'sandbox', '--region', 'eu-north-1', '--json'])
    writeFileSync(file, CATALOGUE().replace('eu-west-1', 'us-east-1\n    durationSeconds: 1800'))
    const shown = await world.run(['catalogue', 'pull', 'acme', '--dry-run'])
    expect(shown.stderr).toContain('sandbox: region: eu-north-1 → us-east-1 (yours stays)')
    expect(shown.stderr).toContain('sandbox: duration: nothing → 30 min')
    expect(shown.stdout).toContain('- gone')
    expect(results(await take(['catalogue', 'pull', 'acme']))).toEqual([
      ['sandbox', 'changed'],
      ['second', 'removed'],
    ])
    expect(await world.json(['role', 'list', '--json'])).toMatchObject([{ name: 'sandbox', region: 'eu-north-1' }])
    const over = await take(['catalogue', 'pull', 'acme', '--overwrite'])
    expect(results(over)).toEqual([['sandbox', 'changed']])
    expect(await world.json(['role', 'list', '--json'])).toMatchObject([{ name: 'sandbox', region: 'us-east-1' }])
    expect(await world.json(['catalogue', 'list', '--json'])).toMatchObject([
      { name: 'acme', roles: 1, source: { place: file } },
    ])
    await world.json(['catalogue', 'forget', 'acme', '--json'])
    expect(await world.json(['catalogue', 'list', '--json'])).toEqual([])
    expect(await world.json(['role', 'list', '--json'])).toHaveLength(1)
    expect((await failure(['catalogue', 'pull', 'acme'])).code).toBe('catalogue.not-found')
  })

  it('brings Identity Center with its roles, goes on with a pull, and is written in the same form', async () => {
    const center = { name: 'corp', startUrl: 'https://acme.awsapps.com/start', region: 'eu-west-1' }
    const viewer = { name: 'viewer', accountId: '123456789012', permissionSet: 'Viewer', from: 'corp' }
    const second = { name: 'second', arn: SANDBOX_ADMIN, from: 'viewer' }
    const write = (...roles: object[]) =>
      writeFileSync(file, JSON.stringify({ hallpassCatalogue: 1, name: 'acme', identityCenters: [center], roles }))
    write(second, viewer)
    const first = await take(['import', 'catalogue', file])
    expect(results(first)).toEqual([
      ['second', 'added'],
      ['viewer', 'added'],
    ])
    expect(first.identityCenters).toMatchObject([
      { ...center, outcome: 'new', notes: [expect.stringContaining('corp')] },
    ])
    expect(await world.json(['role', 'list', '--json'])).toMatchObject([
      { name: 'second', from: 'viewer' },
      { name: 'viewer', from: 'corp', roleName: 'Viewer' },
    ])
    write(second, { ...viewer, region: 'eu-central-1' }, { ...viewer, name: 'admin', permissionSet: 'Admin' })
    expect(results(await take(['catalogue', 'pull', 'acme']))).toEqual([
      ['second', 'unchanged'],
      ['viewer', 'changed'],
      ['admin', 'added'],
    ])
    expect(await world.json(['sso', 'list', '--json'])).toHaveLength(1)

    const exported = (await world.json(['catalogue', 'export', '--format', 'json'])) as { roles: object[] }
    expect(exported).toMatchObject({ identityCenters: [center] })
    const wanted = [second, { ...viewer, region: 'eu-central-1' }]
    expect(exported.roles).toEqual(
      expect.arrayContaining(wanted.map((role): unknown => expect.objectContaining(role))) as unknown,
    )
    const out = join(world.folder, 'out.json')
    writeFileSync(out, JSON.stringify(exported))
    const again = await take(['import', 'catalogue', out])
    expect(again.items.map(({ outcome }) => outcome)).toEqual(['known', 'known', 'known'])

    write()
    expect(results(await take(['catalogue', 'pull', 'acme'])).map(([, result]) => result)).toEqual([
      'removed',
      'removed',
      'removed',
    ])
  })

  it('is written in the same form, without what is one person’s own', async () => {
    writeFileSync(file, CATALOGUE(SECOND))
    await take(['import', 'catalogue', file])
    await world.json(['role', 'edit', 'sandbox', '--session-name', 'dana', '--source-identity', 'dana', '--json'])
    const out = join(world.folder, 'out.yaml')
    expect((await world.run(['catalogue', 'export', out, '--name', 'ours'])).exitCode).toBe(0)
    const text = readFileSync(out, 'utf8')
    for (const own of ['dana', 'work', world.account.user(DANA).accessKeyId]) expect(text).not.toContain(own)
    expect((await world.run(['catalogue', 'export', out])).exitCode).toBe(8)
    expect(results(await take(['import', 'catalogue', out]))).toEqual([
      ['sandbox', 'unchanged'],
      ['second', 'unchanged'],
    ])
    const json = await world.json(['catalogue', 'export', '--format', 'json'])
    expect(json).toMatchObject({
      hallpassCatalogue: 1,
      roles: [{ name: 'sandbox' }, { name: 'second', from: 'sandbox' }],
    })
  })

  it('that is no good is refused, and nothing has changed', async () => {
    expect(await failure(['import', 'catalogue', join(world.folder, 'nowhere')])).toEqual({
      exitCode: 3,
      code: 'file.not-found',
    })
    writeFileSync(file, CATALOGUE(`# ${SECRET}\n`))
    expect(await failure(['import', 'catalogue', file])).toEqual({ exitCode: 2, code: 'catalogue.secret' })
    writeFileSync(file, CATALOGUE('unknown: 1\n'))
    expect((await failure(['import', 'catalogue', file])).code).toBe('catalogue.invalid')
    writeFileSync(file, Buffer.alloc(50 * 1024 * 1024, 0x20))
    expect((await failure(['import', 'catalogue', file])).code).toBe('file.too-large')
    expect((await failure(['import', 'catalogue', file, '--path', 'x'])).exitCode).toBe(2)
  })
})

describe('an https address', () => {
  let server: Server
  let address: string
  let ca: string
  let answer: RequestListener

  beforeEach(async () => {
    const key = join(world.folder, 'key.pem')
    ca = join(world.folder, 'cert.pem')
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-keyout', key, '-out', ca, ...subject],
      { stdio: 'ignore' },
    )
    server = createServer({ key: readFileSync(key), cert: readFileSync(ca) }, (request, response) =>
      answer(request, response),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    address = `https://localhost:${(server.address() as AddressInfo).port}`
  })
  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })
  const trusting = () => ({ env: { NODE_EXTRA_CA_CERTS: ca } })

  it('gives a catalogue, also by way of another https address', async () => {
    answer = ({ url }, response) => {
      if (url === '/old.yaml') response.writeHead(302, { location: '/roles.yaml' }).end()
      else response.end(CATALOGUE())
    }
    expect(results(await take(['import', 'catalogue', `${address}/old.yaml`], trusting()))).toEqual([
      ['sandbox', 'added'],
    ])
    expect(results(await take(['catalogue', 'pull'], trusting()))).toEqual([['sandbox', 'unchanged']])
  })

  it.each([
    [
      'that leads away from https',
      'input.invalid',
      ((_, response) => response.writeHead(302, { location: 'http://localhost:1/x' }).end()) as RequestListener,
    ],
    [
      'that goes round in a circle',
      'catalogue.not-found',
      ((_, response) => response.writeHead(302, { location: '/' }).end()) as RequestListener,
    ],
    [
      'that is not there',
      'catalogue.not-found',
      ((_, response) => response.writeHead(404).end('<html>')) as RequestListener,
    ],
    [
      'that says it is too large',
      'file.too-large',
      ((_, response) => response.writeHead(200, { 'content-length': 50 * 1024 * 1024 }).write('x')) as RequestListener,
    ],
    [
      'that never ends',
      'file.too-large',
      ((_, response) => {
        const more = (): void => {
          while (!response.destroyed && response.write('x'.repeat(65_536)));
          response.once('drain', more)
        }
        more()
      }) as RequestListener,
    ],
  ])('%s is refused', async (_what, code, listener) => {
    answer = listener
    expect((await failure(['import', 'catalogue', address], trusting())).code).toBe(code)
  })

  it('whose certificate nobody knows is refused', async () => {
    answer = (_, response) => response.end(CATALOGUE())
    expect((await failure(['import', 'catalogue', address])).code).toBe('network.tls')
  })
})

describe('a Git repository', () => {
  it('gives a catalogue, by its usual name or another, and nothing of it runs', async () => {
    const repository = join(world.folder, 'access')
    mkdirSync(join(repository, 'teams'), { recursive: true })
    const git = (...words: string[]) =>
      execFileSync('git', ['-C', repository, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...words], {
        stdio: 'ignore',
      })
    execFileSync('git', ['init', '-q', '-b', 'main', repository])
    writeFileSync(join(repository, 'hallpass.yaml'), CATALOGUE())
    writeFileSync(join(repository, 'teams/ops.yaml'), CATALOGUE(SECOND).replace('name: acme', 'name: ops'))
    // A filter that would run as soon as something is checked out.
    writeFileSync(join(repository, '.gitattributes'), '* filter=evil\n')
    git('add', '.')
    git('commit', '-qm', 'roles')
    const place = `git+file://${repository}`
    expect(results(await take(['import', 'catalogue', place]))).toEqual([['sandbox', 'added']])
    expect(results(await take(['import', 'catalogue', place, '--path', 'teams/ops.yaml', '--ref', 'main']))).toEqual([
      ['sandbox', 'unchanged'],
      ['second', 'added'],
    ])
    writeFileSync(join(repository, 'hallpass.yaml'), CATALOGUE().replace('eu-west-1', 'us-east-1'))
    git('commit', '-qam', 'moved')
    expect(results(await take(['catalogue', 'pull', 'acme']))).toEqual([['sandbox', 'changed']])
    expect((await failure(['import', 'catalogue', place, '--path', 'nothing.yaml'])).code).toBe('catalogue.not-found')
    for (const words of [
      ['--path', '../x'],
      ['--path', '/etc/passwd'],
      ['--ref', '--upload-pack=x'],
      ['--ref', 'a..b'],
    ])
      expect((await failure(['import', 'catalogue', place, ...words])).code).toBe('input.invalid')
    writeFileSync(join(repository, 'hallpass.yaml'), ' '.repeat(6 * 1024 * 1024))
    git('commit', '-qam', 'large')
    expect((await failure(['catalogue', 'pull', 'acme'])).code).toBe('file.too-large')
  })

  it('that is not there is said to be out of reach, and a helper is never run', async () => {
    expect((await failure(['import', 'catalogue', 'git+file:///nowhere/at/all.git'])).code).toBe('network.unreachable')
    expect((await failure(['import', 'catalogue', 'ext::sh -c touch% evil'])).exitCode).not.toBe(0)
  })
})

describe.skipIf(motoMissing)('S3', () => {
  it('gives a catalogue to the session of a role', async () => {
    const moto = await startMoto()
    try {
      writeFileSync(file, CATALOGUE(SECOND))
      const env = { ...world.env, AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', AWS_DEFAULT_REGION: 'us-east-1' }
      const s3 = (...words: string[]) =>
        execFileSync('aws', ['--endpoint-url', moto.endpoint, 's3', ...words], { env, stdio: 'ignore' })
      s3('mb', 's3://acme-access')
      s3('cp', file, 's3://acme-access/teams/roles (1).yaml')
      await world.json(['role', 'add', 'reader', '--arn', SANDBOX_ADMIN, '--from', 'work', '--json'])
      const at = { env: { AWS_ENDPOINT_URL_S3: moto.endpoint } }
      const place = 's3://acme-access/teams/roles (1).yaml'
      expect((await failure(['import', 'catalogue', place], at)).exitCode).toBe(2)
      expect(results(await take(['import', 'catalogue', place, '--with', 'reader'], at))).toEqual([
        ['sandbox', 'added'],
        ['second', 'added'],
      ])
      expect((await failure(['import', 'catalogue', 's3://acme-access/nothing', '--with', 'reader'], at)).code).toBe(
        'catalogue.not-found',
      )
    } finally {
      await moto.stop()
    }
  })
})
