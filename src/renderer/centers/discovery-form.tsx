/** How roles come into Hallpass: what new ones are called, which environment they are of, and whether profiles are written. */
import { useState } from 'react'
import type { HallpassError } from '#shared/errors.ts'
import type { DiscoveryChoices } from '#shared/identity-center.ts'
import type { CenterView } from '#shared/ipc.ts'
import { Button } from '../components/button.tsx'
import { Check } from '../components/choice.tsx'
import { Dialog } from '../components/dialog.tsx'
import { TextField } from '../components/field.tsx'
import { ErrorNotice, Notice } from '../components/notice.tsx'
import {
  checkDiscovery,
  choicesOf,
  type DiscoveryFields,
  type DiscoveryProblems,
  discoveryFields,
  exampleName,
} from '../lib/center-form.ts'
import { centerStrings } from '../strings/centers.ts'
import type { DiscoveryOptions } from './discovery.tsx'
import { EnvironmentRules } from './environment-rules.tsx'

const words = centerStrings.discover

export function DiscoveryForm(props: {
  center: CenterView
  /** In this dialog before; otherwise what was chosen last. */
  chosen: DiscoveryChoices | undefined
  failure: HallpassError | null
  onSignIn: () => void
  onRead: (choices: DiscoveryChoices, options: DiscoveryOptions) => void
  onClose: () => void
}) {
  const { center, failure, onSignIn } = props
  const [fields, setFields] = useState<DiscoveryFields>(() => discoveryFields(props.chosen ?? center.choices))
  const [problems, setProblems] = useState<DiscoveryProblems>({ rules: new Map() })
  const isOut = center.signedInUntil === null
  const set = (change: Partial<DiscoveryFields>): void => {
    setFields((before) => ({ ...before, ...change }))
    setProblems({ rules: new Map() })
  }
  const read = (options: DiscoveryOptions): void => {
    if (isOut) return
    const found = checkDiscovery(fields, words.emptyPattern)
    setProblems(found ?? { rules: new Map() })
    if (found === null) props.onRead(choicesOf(fields), options)
  }
  const example = exampleName(fields.template)
  const signIn = (
    <Button tone="primary" onClick={onSignIn}>
      {centerStrings.row.signIn}
    </Button>
  )
  const asksToSignIn = failure?.code === 'sso.sign-in-needed'
  return (
    <Dialog
      title={words.title(center.name)}
      lead={words.lead}
      onClose={props.onClose}
      onSubmit={() => read({})}
      footer={
        <>
          <Button tone="quiet" disabled={isOut} onClick={() => read({ dryRun: true })}>
            {words.look}
          </Button>
          <span className="grow" />
          <Button shortcut="Esc" onClick={props.onClose}>
            {words.notNow}
          </Button>
          <Button tone="primary" type="submit" initialFocus={!isOut} disabled={isOut}>
            {words.read}
          </Button>
        </>
      }
    >
      {failure !== null && <ErrorNotice error={failure} {...(asksToSignIn ? { actions: signIn } : {})} />}
      {isOut && !asksToSignIn && (
        <Notice tone="caution" title={words.signedOut} actions={signIn}>
          {words.signedOutText}
        </Notice>
      )}
      <TextField
        label={words.template}
        mono
        value={fields.template}
        problem={problems.template}
        hint={
          <>
            {words.templateHint} {example !== undefined && <ExampleName name={example} />}
          </>
        }
        onChange={(template) => set({ template })}
      />
      <EnvironmentRules rules={fields.rules} problems={problems.rules} onChange={(rules) => set({ rules })} />
      <Check
        label={words.withProfiles}
        checked={fields.withProfiles}
        onChange={(withProfiles) => set({ withProfiles })}
      />
    </Dialog>
  )
}

function ExampleName({ name }: { name: string }) {
  return (
    <span className="nowrap">
      {words.example} <b className="mono">{name}</b>.
    </span>
  )
}
