/** What to write instead: the shape of a command, where its names are listed, and words that people bring from other tools. */
import type { Command } from 'commander'
import type { CommandDescriptor, Completes } from './descriptor.ts'

/** Which command lists what an argument may be. */
const LISTS: Partial<Readonly<Record<Completes, string>>> = {
  roles: 'hallpass role list',
  targets: 'hallpass role list',
  identities: 'hallpass identity list',
  profiles: 'hallpass profile list',
  sessions: 'hallpass session list',
  'aws-profiles': 'hallpass files show',
}

/** The same word in other tools. */
const SAME_WORD = new Map([
  ['ls', 'list'],
  ['rm', 'remove'],
  ['del', 'remove'],
  ['delete', 'remove'],
  ['create', 'add'],
  ['new', 'add'],
  ['get', 'show'],
  ['describe', 'show'],
  ['signin', 'login'],
  ['signout', 'logout'],
])

/** Whole commands of aws-vault, Granted, Leapp and the AWS CLI, and those that several groups here have. */
const ELSEWHERE = new Map([
  ['list', 'hallpass role list'],
  ['add', 'hallpass identity add NAME for a key, or hallpass role add NAME for a role'],
  ['remove', 'hallpass role remove NAME, or hallpass identity remove NAME'],
  ['show', 'hallpass role show NAME'],
  ['edit', 'hallpass role edit NAME'],
  ['login', 'hallpass sso login NAME for Identity Center, or hallpass console NAME for the console'],
  ['export', 'hallpass assume NAME --format env'],
  ['env', 'hallpass assume NAME --format env'],
  ['shell', 'hallpass exec NAME -- bash'],
  ['start', 'hallpass assume NAME'],
  ['use', 'hallpass assume NAME'],
  ['switch', 'hallpass assume NAME'],
  ['stop', 'hallpass session end NAME'],
  ['clear', 'hallpass session end --all'],
  ['rotate', 'hallpass identity rotate NAME'],
  ['whoami', 'hallpass session list'],
  ['status', 'hallpass session list'],
  ['configure', 'hallpass identity add NAME, or hallpass import aws-files'],
])

/** How the command is written, in one sentence, and where its names are. */
export function howToWrite(command: Command, descriptor: CommandDescriptor | undefined): string {
  if (descriptor?.path[0] === 'exec')
    return 'Write hallpass exec NAME -- COMMAND; for a shell with the credentials: hallpass exec NAME -- bash.'
  const words = (descriptor?.arguments ?? []).filter(({ optional }) => !optional).map(({ name }) => name.toUpperCase())
  const list = LISTS[descriptor?.arguments?.[0]?.completes ?? 'files']
  return `Write ${[pathOf(command), ...words].join(' ')}.${list ? ` ${list} shows the names.` : ''}`
}

/** What somebody may have meant who wrote `word`, which `command` does not know; `undefined` when nothing is near. */
export function meantBy(
  word: string,
  command: Command,
  commands: readonly Pick<CommandDescriptor, 'path'>[],
): string | undefined {
  const usual = SAME_WORD.get(word) ?? word
  if (command.parent !== null) return command.commands.find((each) => each.name() === usual)?.name()
  const known = ELSEWHERE.get(usual)
  if (known) return known
  const path = commands.find(({ path: [, second] }) => second === usual)?.path
  return path && `hallpass ${path.join(' ')}`
}

/** `hallpass role show`. */
export function pathOf(command: Command): string {
  const names: string[] = []
  for (let each: Command | null = command; each; each = each.parent) names.unshift(each.name())
  return names.join(' ')
}
