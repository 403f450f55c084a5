// The practice account in a process of its own, with a chain of roles that wants no code: prints where it is, as JSON,
// and serves until its standard input ends.
import { type PracticeDescription, type PracticeUser, startPracticeAccount } from '#core/practice/practice-account.ts'

/** What is printed. */
export interface ChainDescription extends PracticeDescription {
  readonly user: PracticeUser
  /** ARN of the role that the user may assume. */
  readonly outer: string
  /** ARN of the one that may be assumed from it. */
  readonly inner: string
}

const account = await startPracticeAccount()
const user = account.user('deploy-bot')
const outer = account.addRole({ accountId: '234567890123', name: 'Outer', trust: [{ principals: [user.arn] }] })
const inner = account.addRole({ accountId: '123456789012', name: 'Inner', trust: [{ principals: [outer.arn] }] })
const description: ChainDescription = { ...account.describe(), user, outer: outer.arn, inner: inner.arn }
console.log(JSON.stringify(description))
process.stdin.resume().on('end', () => process.exit())
