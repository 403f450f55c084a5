/** A new sign-in to Identity Center: its name, and where it is. Signing in follows at once. */
import { useState } from 'react'
import type { SignInWay } from '#shared/identity-center-view.ts'
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { TextField } from '../components/field.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useAppInfo, useRefresh, useSettings } from '../hooks/use-data.ts'
import { useForm } from '../hooks/use-form.ts'
import { type CenterFields, checkCenter, newCenter } from '../lib/center-form.ts'
import { centerStrings } from '../strings/centers.ts'
import { strings } from '../strings.ts'

const words = centerStrings.add

export function AddCenter(props: {
  taken: readonly string[]
  onAdded: (name: string, way: SignInWay) => void
  onClose: () => void
}) {
  const ssoRegion = useSettings(useAppInfo().data)?.defaultRegion ?? ''
  const { fields, problems, setProblems, set } = useForm<CenterFields>({ name: '', startUrl: '', ssoRegion })
  const [chosen, setChosen] = useState<SignInWay>('browser')
  const { busy, failure, run } = useBusy()
  const refresh = useRefresh()
  const save = (way: SignInWay): void => {
    const found = checkCenter(fields, props.taken)
    setProblems(found ?? {})
    if (found !== null) return
    setChosen(way)
    void run(async () => {
      const { name } = await call('centers.add', newCenter(fields))
      await refresh()
      props.onAdded(name, way)
    })
  }
  const busyWith = (way: SignInWay) => (busy && chosen === way ? words.saving : undefined)
  return (
    <Dialog
      title={words.title}
      lead={words.lead}
      onClose={props.onClose}
      onSubmit={() => save('browser')}
      footer={
        <>
          <Button tone="quiet" busy={busyWith('device')} onClick={() => save('device')}>
            {words.withCode}
          </Button>
          <span className="grow" />
          <Button shortcut="Esc" onClick={props.onClose}>
            {strings.cancel}
          </Button>
          <Button tone="primary" type="submit" busy={busyWith('browser')}>
            {words.signIn}
          </Button>
        </>
      }
    >
      {failure !== null && <ErrorNotice error={failure} />}
      <div className="form">
        <TextField
          label={words.name}
          full
          initialFocus
          placeholder="acme"
          value={fields.name}
          problem={problems.name}
          onChange={(name) => set({ name })}
        />
        <TextField
          label={words.startUrl}
          full
          mono
          placeholder="https://d-1234567890.awsapps.com/start"
          hint={words.startUrlHint}
          value={fields.startUrl}
          problem={problems.startUrl}
          onChange={(startUrl) => set({ startUrl })}
        />
        <TextField
          label={words.region}
          full
          mono
          placeholder="eu-west-1"
          hint={words.regionHint}
          value={fields.ssoRegion}
          problem={problems.ssoRegion}
          onChange={(region) => set({ ssoRegion: region })}
        />
      </div>
    </Dialog>
  )
}
