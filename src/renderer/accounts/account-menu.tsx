/** The button at an account's head in the list: names it and says what it is for. */
import { useState } from 'react'
import type { Environment } from '#shared/fields.ts'
import { IconButton } from '../components/button.tsx'
import { useAccounts } from '../hooks/use-accounts.ts'
import { AccountDialog } from '../lazy.tsx'
import { strings } from '../strings.ts'

/** @param props.environment what holds for the account's roles, until the account itself has been asked */
export function AccountMenu(props: { accountId: string; name: string | null; environment?: Environment | null }) {
  const [open, setOpen] = useState(false)
  const accounts = useAccounts(open)
  const { accountId, name, environment = null } = props
  const account = accounts.data?.find((one) => one.accountId === accountId)
  return (
    <>
      <IconButton quiet label={strings.account.edit} icon="edit" tabIndex={-1} onClick={() => setOpen(true)} />
      {open && accounts.data !== undefined && (
        <AccountDialog
          account={account ?? { accountId, name, environment, decidedBy: 'nobody' }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
