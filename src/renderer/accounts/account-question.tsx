/** Asks once whether an account is production, when neither a person nor its name has said. */
import type { Account } from '#shared/accounts.ts'
import { Button } from '../components/button.tsx'
import { ErrorNotice, Notice } from '../components/notice.tsx'
import { useAccountChange } from '../hooks/use-account-change.ts'
import { accountInFours } from '../lib/format.ts'
import { strings } from '../strings.ts'

const words = strings.account

export function AccountQuestion({ account }: { account: Account }) {
  const { busy, failure, change } = useAccountChange()
  const { accountId, name } = account
  return (
    <>
      <Notice
        title={words.ask(name ?? accountInFours(accountId).join(' '))}
        actions={
          <>
            <Button busy={busy ? words.saving : undefined} onClick={() => change(accountId, { environment: 'prod' })}>
              {words.yes}
            </Button>
            <Button onClick={() => change(accountId, { environment: 'none' })}>{words.no}</Button>
          </>
        }
      >
        {words.askWhy}
      </Notice>
      {failure !== null && <ErrorNotice error={failure} title={words.failed} />}
    </>
  )
}
