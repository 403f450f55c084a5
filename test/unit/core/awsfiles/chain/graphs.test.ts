/** Random graphs of profiles: what the resolver says is what a second, differently made walk over the graph says. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isHallpassError } from '#shared/errors.ts'
import { chainOf } from './support.ts'

const SECRET = 'planted/secret'

interface Node {
  /** Number of the source profile; one past the last is a profile that does not exist. */
  readonly source: number | undefined
  readonly isRole: boolean
  readonly credentialSource: boolean
  readonly key: 'none' | 'id' | 'secret' | 'both'
  readonly inCredentials: boolean
}

const graphs = fc.integer({ min: 1, max: 7 }).chain((size) =>
  fc.array(
    fc.record<Node>({
      source: fc.option(fc.nat({ max: size }), { nil: undefined, freq: 8 }),
      isRole: fc.integer({ min: 0, max: 9 }).map((weight) => weight > 1),
      credentialSource: fc.integer({ min: 0, max: 9 }).map((weight) => weight === 0),
      key: fc.oneof(
        { weight: 5, arbitrary: fc.constant('none' as const) },
        fc.constantFrom<Node['key']>('id', 'secret', 'both', 'both'),
      ),
      inCredentials: fc.boolean(),
    }),
    { minLength: size, maxLength: size },
  ),
)

function textOf(graph: readonly Node[]): { config: string; credentials: string } {
  let config = ''
  let credentials = ''
  for (const [number, node] of graph.entries()) {
    config += `[profile p${number}]\n`
    if (node.isRole) config += `role_arn = arn:${number}\n`
    if (node.source !== undefined) config += `source_profile = p${node.source}\n`
    if (node.credentialSource) config += 'credential_source = Environment\n'
    const id = node.key === 'id' || node.key === 'both' ? `aws_access_key_id = AKIA${number}\n` : ''
    const secret = node.key === 'secret' || node.key === 'both' ? `aws_secret_access_key = ${SECRET}\n` : ''
    if (node.inCredentials) credentials += `[p${number}]\n${id}${secret}`
    else config += id + secret
  }
  return { config, credentials }
}

/**
 * The way through the graph, from the profile outward to its end; profiles are numbers. It goes on for as long as there
 * is a source to go to, up to more steps than a way without a circle can have.
 */
function walk(graph: readonly Node[]): number[] {
  const way = [0]
  while (way.length <= graph.length + 1) {
    const node = graph[way.at(-1) ?? 0]
    const goesOn = node?.isRole && (way.length === 1 || node.key === 'none')
    if (!goesOn || node.source === undefined || node.credentialSource) break
    way.push(node.source)
  }
  return way
}

/** The verdict of the rules: a code, or the ends of the chain. */
function verdict(graph: readonly Node[]): string | { source: number; roles: number[] } {
  const way = walk(graph)
  const last = way.at(-1) ?? 0
  const end = graph[last]
  const isSelf = way.length === 2 && way[0] === way[1]
  const comesBack = way.length > graph.length + 1 || way.lastIndexOf(0) > 0
  if (comesBack && !(isSelf && end?.key !== 'none')) return 'chain.cycle'
  if (!end) return 'chain.missing-source'
  const isSource = way.length > 1
  if (isSource && end.key !== 'none') {
    return end.key === 'both' ? { source: last, roles: way.slice(0, -1).toReversed() } : 'chain.partial-keys'
  }
  if (end.isRole) {
    if (end.source !== undefined) return 'chain.two-sources'
    return end.credentialSource ? { source: last, roles: way.toReversed() } : 'chain.no-source'
  }
  if (end.key === 'both') return { source: last, roles: [] }
  if (end.key === 'id') return 'chain.partial-keys'
  if (isSource && end.credentialSource) return { source: last, roles: way.slice(0, -1).toReversed() }
  return end.key === 'secret' ? 'chain.partial-keys' : 'chain.no-source'
}

function resolve(graph: readonly Node[]): { answer: unknown; text: string } {
  const { config, credentials } = textOf(graph)
  try {
    const steps = chainOf(config, credentials, 'p0')
    return { answer: steps, text: JSON.stringify(steps) }
  } catch (error) {
    if (!isHallpassError(error)) throw error
    return { answer: error.code, text: `${error.message} ${error.hint}` }
  }
}

function expectedAnswer(graph: readonly Node[]): unknown {
  const expected = verdict(graph)
  if (typeof expected === 'string') return expected
  const { source, roles } = expected
  const isKey = graph[source]?.key === 'both' && !(roles[0] === source && graph[source]?.credentialSource)
  return [
    isKey ? { kind: 'access-key', profile: `p${source}` } : { kind: 'credential-source', source: 'Environment' },
    ...roles.map((number) => ({ kind: 'assume-role', profile: `p${number}`, roleArn: `arn:${number}` })),
  ]
}

describe('resolveProfileChain', () => {
  it('gives the chain or the refusal that the rules give', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(graphs, (graph) => {
        const { answer, text } = resolve(graph)
        expect(answer).toEqual(expectedAnswer(graph))
        expect(text).not.toContain(SECRET)
        expect(text).not.toContain('AKIA')
        const outcome = typeof answer === 'string' ? answer : 'chain'
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1)
      }),
      { numRuns: 10_000 },
    )
    // A generator that hardly ever makes one of these would prove little.
    const outcomes = [
      'chain',
      'chain.cycle',
      'chain.missing-source',
      'chain.no-source',
      'chain.partial-keys',
      'chain.two-sources',
    ]
    for (const outcome of outcomes) expect(seen.get(outcome) ?? 0, outcome).toBeGreaterThan(100)
  })

  it('says the same in any order of the sections, and twice', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { config, credentials } = textOf(graph)
        const turned = (text: string) =>
          text
            .split(/^(?=\[)/m)
            .toReversed()
            .join('')
        const say = (one: string, other: string) => {
          try {
            return chainOf(one, other, 'p0')
          } catch (error) {
            if (!isHallpassError(error)) throw error
            // Of equally near names the first one is suggested, so the hint is left out.
            return [error.code, error.message]
          }
        }
        const once = say(config, credentials)
        expect(say(config, credentials)).toEqual(once)
        expect(say(turned(config), turned(credentials))).toEqual(once)
      }),
      { numRuns: 2000 },
    )
  })

  it('ends on any bytes of any settings', () => {
    const keys = ['role_arn', 'source_profile', 'credential_source', 'web_identity_token_file', 'sso_session']
    const line = fc.tuple(
      fc.constantFrom(...keys, 'sso_role_name', 'login_session', 'credential_process'),
      fc.constantFrom('', 'a', 'b', 's', '\n  x = y'),
    )
    const section = fc
      .tuple(
        fc.constantFrom('profile a', 'profile b', 'sso-session s', 'default', 'profile'),
        fc.array(line, { maxLength: 5 }),
      )
      .map(([header, lines]) => `[${header}]\n${lines.map(([name, value]) => `${name} = ${value}\n`).join('')}`)
    fc.assert(
      fc.property(fc.array(section, { maxLength: 6 }), (sections) => {
        try {
          expect(chainOf(sections.join(''), '', 'a').length).toBeGreaterThan(0)
        } catch (error) {
          if (!isHallpassError(error)) throw error
          expect(error.exitCode === 2 || error.exitCode === 3 || error.code === 'file.unparsable').toBe(true)
          expect(error.hint).toBeTruthy()
        }
      }),
      { numRuns: 5000 },
    )
  })
})
