/** Asks for the code of an MFA device. One field under six cells, so typing, pasting and autofill all work. */
import { useState } from 'react'
import { HallpassError } from '#shared/errors.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { call, toHallpassError } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { deviceName } from '../lib/format.ts'
import { strings } from '../strings.ts'
import { codeFrom } from './prompts.ts'
import type { MfaPrompt } from './use-mfa-prompts.ts'

const CODE_LENGTH = 6

export function MfaDialog({ prompt, roles }: { prompt: MfaPrompt; roles: readonly RoleRow[] }) {
  const [code, setCode] = useState('')
  const [checking, setChecking] = useState(false)
  const [failure, setFailure] = useState<HallpassError | null>(prompt.problem === null ? null : asError(prompt.problem))

  const answer = async (given: string | null): Promise<void> => {
    if (checking) return
    setChecking(given !== null)
    try {
      await call('mfa.answer', { promptId: prompt.promptId, code: given })
    } catch (error) {
      setChecking(false)
      setFailure(toHallpassError(error))
    }
    setCode('')
  }

  const role = roles.find((one) => one.name === prompt.target)
  const complete = code.length === CODE_LENGTH
  return (
    <Dialog
      title={strings.mfa.title(deviceName(prompt.serial))}
      lead={strings.mfa.lead(prompt.target, prompt.identity)}
      environment={role?.environment}
      size="sm"
      onClose={() => void answer(null)}
      onSubmit={() => complete && void answer(code)}
      footer={
        <>
          <span className="grow" />
          <Button shortcut="Esc" onClick={() => void answer(null)}>
            {strings.mfa.refuse}
          </Button>
          <Button
            tone="primary"
            type="submit"
            disabled={!complete && !checking}
            busy={checking ? strings.mfa.checking : undefined}
          >
            {strings.mfa.start}
          </Button>
        </>
      }
    >
      {failure !== null && !checking && <ErrorNotice error={failure} />}
      <div className="code">
        {Array.from({ length: CODE_LENGTH }, (_, place) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the six cells never change places
            key={place}
            className={place === code.length ? 'code__cell code__cell--now' : 'code__cell'}
            aria-hidden="true"
          >
            {code[place] ?? (place === code.length && <i className="code__caret" />)}
          </span>
        ))}
        <input
          className="code__input"
          aria-label={strings.mfa.code}
          inputMode="numeric"
          autoComplete="one-time-code"
          data-initial-focus
          value={code}
          onChange={(event) => setCode(codeFrom(event.target.value))}
        />
      </div>
      <p className="hint">{strings.mfa.hint}</p>
    </Dialog>
  )
}

function asError(problem: NonNullable<MfaPrompt['problem']>): HallpassError {
  return new HallpassError('sts.mfa-invalid', problem.message, { hint: problem.hint, details: problem.details })
}
