/** What an account is called, and what it is for: by its name, or as a person says. */
import { useState } from 'react'
import { type Account, type AccountEnvironment, accountNameField } from '#shared/accounts.ts'
import { guessEnvironment } from '#shared/environment.ts'
import { Segmented } from '../components/choice.tsx'
import { Dialog } from '../components/dialog.tsx'
import { TextField } from '../components/field.tsx'
import { FormFooter } from '../components/form-footer.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { useAccountChange } from '../hooks/use-account-change.ts'
import { ENVIRONMENTS, environmentLabel } from '../lib/environment.ts'
import { problemWithOptional } from '../lib/fields.ts'
import { accountInFours } from '../lib/format.ts'
import { strings } from '../strings.ts'

const words = strings.account

export function AccountDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const { accountId } = account
  const [name, setName] = useState(account.name ?? '')
  const [choice, setChoice] = useState<AccountEnvironment | 'by-name'>(
    account.decidedBy === 'person' ? (account.environment ?? 'none') : 'by-name',
  )
  const [problem, setProblem] = useState<string>()
  const { busy, failure, change } = useAccountChange()
  const guess = guessEnvironment(name)
  const save = (): void => {
    const found = problemWithOptional(accountNameField, name)
    setProblem(found)
    if (found !== undefined) return
    change(accountId, { name: name.trim() || null, environment: choice === 'by-name' ? null : choice }, onClose)
  }
  return (
    <Dialog
      title={words.title(accountInFours(accountId).join(' '))}
      lead={words.lead}
      onClose={onClose}
      onSubmit={save}
      footer={<FormFooter action={strings.save} busy={busy ? words.saving : undefined} onLeave={onClose} />}
    >
      {failure !== null && <ErrorNotice error={failure} />}
      <div className="form">
        <TextField
          label={words.name}
          note={strings.optional}
          full
          initialFocus
          placeholder={words.namePlaceholder}
          value={name}
          problem={problem}
          onChange={(value) => {
            setName(value)
            setProblem(undefined)
          }}
        />
        <div className="full">
          <span className="label">{words.environment}</span>
          <Segmented<AccountEnvironment | 'by-name'>
            label={words.environment}
            wide
            value={choice}
            segments={[
              { value: 'by-name', label: words.byName },
              ...ENVIRONMENTS.map((value) => ({ value, label: environmentLabel(value) })),
              { value: 'none', label: words.none },
            ]}
            onChange={setChoice}
          />
          <p className="hint">
            {choice !== 'by-name'
              ? words.byHandHint
              : guess === null
                ? words.byNameNothing
                : words.byNameHint(environmentLabel(guess))}
          </p>
        </div>
      </div>
    </Dialog>
  )
}
