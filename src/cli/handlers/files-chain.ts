/** `hallpass files chain`. */
import type { CredentialChain, RoleStep, SourceStep } from '#core/awsfiles/index.ts'
import { formatRemaining } from '#shared/duration.ts'
import { HallpassError } from '#shared/errors.ts'
import type { Handler } from '../descriptor.ts'
import type { Cell } from '../output/table.ts'

export const filesChain: Handler = async (context, invocation) => {
  const profile = invocation.argument('profile')
  if (profile === '') {
    throw new HallpassError('usage.invalid', 'Which profile?', { hint: 'hallpass files chain PROFILE' })
  }
  const chain = await (await context.hallpass()).files.chain(profile)
  if (context.json) context.jsonData([chain.source, ...chain.roles])
  else {
    const rows = [sourceRow(chain), ...chain.roles.map(roleRow)]
    const columns = [{ title: 'step' }, { title: 'profile' }, { title: 'role', shrinks: true }, { title: 'with' }]
    // A column that is empty in every row says nothing.
    const used = columns.filter((_, index) => rows.some((row) => textOf(row[index]) !== ''))
    const at = used.map((column) => columns.indexOf(column))
    context.table(
      used,
      rows.map((row) => at.map((index) => row[index] ?? '')),
    )
  }
  return 0
}

const SOURCES: Readonly<Record<Exclude<SourceStep['kind'], 'credential-source'>, string>> = {
  'access-key': 'access key',
  login: 'aws login',
  process: 'process',
  sso: 'Identity Center',
  'web-identity': 'web identity',
}

type Row = readonly (string | Cell)[]

function sourceRow({ source, sourceProfile }: CredentialChain): Row {
  const profile: Cell = { text: sourceProfile, format: 'bold' }
  if (source.kind === 'credential-source') return [source.source, profile, '', '']
  if (source.kind !== 'web-identity') return [SOURCES[source.kind], profile, '', '']
  const settings = [`token ${source.tokenFile}`, source.sessionName && `session name ${source.sessionName}`]
  return [SOURCES[source.kind], profile, source.roleArn, settings.filter(Boolean).join(', ')]
}

function roleRow({ profile, roleArn, externalId, sessionName, mfaSerial, durationSeconds }: RoleStep): Row {
  const settings = [
    mfaSerial && `MFA ${mfaSerial}`,
    externalId && `external id ${externalId}`,
    sessionName && `session name ${sessionName}`,
    durationSeconds !== undefined && formatRemaining(durationSeconds),
  ]
  return ['assume role', { text: profile, format: 'bold' }, roleArn, settings.filter(Boolean).join(', ')]
}

function textOf(cell: string | Cell | undefined): string {
  return typeof cell === 'object' ? cell.text : (cell ?? '')
}
