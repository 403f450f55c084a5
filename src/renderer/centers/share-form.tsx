/** Before a sign-in is shared: under which name, what changes in the config file, and where the token will lie. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ssoSessionNameField } from '#shared/fields.ts'
import type { SharePlanView } from '#shared/ipc.ts'
import { profileNameFor } from '#shared/profile-name.ts'
import { call, toHallpassError } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Diff } from '../components/diff.tsx'
import { TextField } from '../components/field.tsx'
import { ErrorNotice, Notice } from '../components/notice.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { useSettled } from '../hooks/use-settled.ts'
import { problemWith } from '../lib/fields.ts'
import { centerStrings } from '../strings/centers.ts'
import { strings } from '../strings.ts'

const words = centerStrings.share
/** Another name is what helps. */
const OF_THE_NAME = ['sso.session-not-owned', 'sso.session-in-use']

export function ShareForm(props: { name: string; isOut: boolean; onSignIn: () => void; onClose: () => void }) {
  const { name, isOut, onSignIn, onClose } = props
  const [typed, setTyped] = useState(() => profileNameFor(name))
  const session = typed.trim()
  const problem = problemWith(ssoSessionNameField, session)
  const asked = useSettled(session)
  const preview = useQuery({
    queryKey: ['centers.preview-share', name, asked],
    queryFn: () => call('centers.preview-share', { name, session: asked }),
    enabled: problemWith(ssoSessionNameField, asked) === undefined,
    placeholderData: keepPreviousData,
    // The file may have changed since this was open.
    staleTime: 0,
    gcTime: 0,
  })
  const sharing = useBusy()
  const refresh = useRefresh()
  const plan = preview.data
  // What was read before a failure, or of another name, is no plan.
  const isCurrent = plan?.session === session && !preview.isPlaceholderData && !preview.isError
  const share = (): void => {
    if (plan === undefined || !isCurrent) return
    void sharing.run(async () => {
      await call('centers.share', { name, session: plan.session })
      await refresh()
    })
  }
  const failure = sharing.failure ?? (preview.isError ? toHallpassError(preview.error) : null)
  const other = `${asked}-hallpass`
  const actions = failure !== null && OF_THE_NAME.includes(failure.code) && (
    <Button
      onClick={() => {
        setTyped(other)
        // The button goes with what it is about.
        document.querySelector<HTMLElement>('.dialog [data-initial-focus]')?.focus()
      }}
    >
      {words.otherName(other)}
    </Button>
  )
  return (
    <Dialog
      title={words.title(name)}
      lead={words.lead}
      size="lg"
      onClose={onClose}
      onSubmit={share}
      footer={
        <>
          <span className="grow" />
          <Button shortcut="Esc" onClick={onClose}>
            {strings.cancel}
          </Button>
          <Button tone="primary" type="submit" busy={sharing.busy ? words.sharing : undefined} disabled={!isCurrent}>
            {words.share}
          </Button>
        </>
      }
    >
      {failure !== null && <ErrorNotice error={failure} {...(actions ? { actions } : {})} />}
      {isOut && (
        <Notice tone="caution" title={words.signedOut} actions={<Button onClick={onSignIn}>{words.signIn}</Button>}>
          {words.signedOutText}
        </Notice>
      )}
      <TextField
        label={words.session}
        mono
        initialFocus
        value={typed}
        problem={problem}
        hint={words.sessionHint}
        onChange={(value) => {
          sharing.setFailure(null)
          setTyped(value)
        }}
      />
      {plan === undefined && preview.isPending && (
        <p className="t2" role="status">
          <i className="spin" /> {words.looking}
        </p>
      )}
      {plan !== undefined && failure === null && <WhatItDoes plan={plan} />}
    </Dialog>
  )
}

function WhatItDoes({ plan }: { plan: SharePlanView }) {
  const { session, configFile, tokenFile, isOwnSection, diff } = plan
  return (
    <>
      {isOwnSection ? (
        <Diff diff={diff} label={words.diff(session)} />
      ) : (
        <Notice icon="check" title={words.theirs(session)}>
          {words.theirsText(configFile)}
        </Notice>
      )}
      <Notice tone="caution" title={words.plain}>
        {words.plainText} <span className="mono note__file">{tokenFile}</span>
      </Notice>
    </>
  )
}
