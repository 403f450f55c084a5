// The practice account in a process of its own, with a chain of roles that wants no code: prints where it is, as JSON,
// and serves until its standard input ends.
import { startPracticeAccount } from '#core/practice/practice-account.ts'

const account = await startPracticeAccount()
const user = account.user('deploy-bot')
const outer = account.addRole({ accountId: '234567890123', name: 'Outer', trust: [{ principals: [user.arn] }] })
const inner = account.addRole({ accountId: '123456789012', name: 'Inner', trust: [{ principals: [outer.arn] }] })
console.log(JSON.stringify({ ...account.describe(), user, outer: outer.arn, inner: inner.arn }))
process.stdin.resume().on('end', () => process.exit())
