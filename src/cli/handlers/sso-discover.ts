/** `hallpass sso discover`. */

import { HallpassError } from '#shared/errors.ts'
import { environmentField } from '#shared/fields.ts'
import type { DiscoveryReport, FoundRole } from '#shared/identity-center-view.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'
import { shellWord } from '../input/mfa-prompt.ts'
import type { Invocation } from '../invocation.ts'
import { untilStopped } from '../until-stopped.ts'

/** Not everything was read. */
const INCOMPLETE = 1
/** So many are listed; all are in `--json`. */
const SHOWN = 20

export const ssoDiscover: Handler = async (context, invocation) => {
  const name = invocation.argument('name')
  const dryRun = invocation.flag('dryRun') === true
  const { centers } = await context.hallpass()
  const report = await untilStopped((signal) =>
    context.progress.during(
      `Reading the roles of ${name}`,
      centers.discover(name, {
        choices: { ...centers.lastChoices(name), ...readChoices(invocation) },
        prune: invocation.flag('prune') === true,
        startOver: invocation.flag('startOver') === true,
        dryRun,
        signal,
        onProgress: ({ accountsDone, accountsKnown, rolesFound }) =>
          context.progress.detail(`${accountsDone} of ${accountsKnown} accounts, ${rolesFound} roles`),
      }),
    ),
  )
  if (context.json) context.jsonData(report)
  else show(context, report, dryRun)
  if (report.isComplete) return 0
  const { problem } = report
  context.note(`Not everything was read: ${problem?.message ?? ''} Run it again to go on where it was.`)
  return problem?.code === 'cancelled' ? 9 : INCOMPLETE
}

function readChoices(invocation: Invocation) {
  const template = invocation.text('template')
  const rules = invocation.list('environment').map(readRule)
  return {
    ...(template === undefined ? {} : { template }),
    ...(rules.length === 0 ? {} : { rules }),
    ...(invocation.flag('profiles') ? { withProfiles: true } : {}),
  }
}

/** @throws `usage.invalid` */
function readRule(text: string) {
  const at = text.lastIndexOf('=')
  const environment = environmentField.options.find((known) => known === text.slice(at + 1))
  if (at > 0 && environment) return { pattern: text.slice(0, at), environment }
  throw new HallpassError('usage.invalid', `${text} is no rule for an environment.`, {
    hint: `A rule is PATTERN=ENVIRONMENT, with one of ${environmentField.options.join(', ')}: 'prod-*=prod'.`,
  })
}

function show(context: CliContext, report: DiscoveryReport, dryRun: boolean): void {
  const { added, gone, removed, renamedAccounts, refused, filesDiff } = report
  const rows = [
    ...rowsOf(dryRun ? 'would be new' : 'new', added),
    ...rowsOf(removed.length > 0 ? 'removed' : 'gone', gone),
  ]
  if (rows.length > 0)
    context.table(
      [{ title: 'Change' }, { title: 'Name' }, { title: 'Account' }, { title: 'Role', shrinks: true }],
      rows,
    )
  for (const { accountId, from, to } of renamedAccounts) context.data(`renamed  ${accountId}  ${from} → ${to}`)
  for (const { accountId, accountName, message } of refused) context.note(`${accountName} (${accountId}): ${message}`)
  if (filesDiff !== '' && dryRun) context.data(filesDiff)
  const [first] = added
  context.note(`${report.roles} roles in ${report.accounts} accounts: ${added.length} new, ${gone.length} gone.`)
  if (first && !dryRun)
    context.note(`Next: hallpass assume ${shellWord(first.name)}, or all of them: hallpass role list`)
  if (gone.length > 0 && removed.length === 0 && !dryRun) context.note('Remove those that are gone with --prune.')
}

function rowsOf(what: string, roles: readonly FoundRole[]): string[][] {
  const rows = roles.slice(0, SHOWN).map(({ name, accountId, roleName }) => [what, name, accountId, roleName])
  return roles.length > SHOWN ? [...rows, [what, `… and ${roles.length - SHOWN} more`, '', '']] : rows
}
