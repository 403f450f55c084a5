/** A write has met a profile that Hallpass did not write: the change first, then take it over, another name, or leave. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type ProfileMode, profileNameField } from '#shared/fields.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { call, toHallpassError } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Diff } from '../components/diff.tsx'
import { TextField } from '../components/field.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { useRoleActions } from '../hooks/role-actions.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { problemWith } from '../lib/fields.ts'
import { strings } from '../strings.ts'

const words = strings.clash

interface ClashProps {
  readonly role: RoleRow
  readonly mode: ProfileMode
}

export function ProfileClash(props: ClashProps) {
  const [renaming, setRenaming] = useState(false)
  return renaming ? (
    <OtherName {...props} onBack={() => setRenaming(false)} />
  ) : (
    <TakeOver {...props} onRename={() => setRenaming(true)} />
  )
}

function TakeOver({ role, mode, onRename }: ClashProps & { onRename: () => void }) {
  const { closeClash, profileWritten } = useRoleActions()
  const refresh = useRefresh()
  const { busy, failure, run } = useBusy()
  const request = { name: role.name, profile: role.profile, mode }
  const preview = useQuery({
    queryKey: ['profiles.preview-adoption', request],
    queryFn: () => call('profiles.preview-adoption', request),
  })
  const adopt = (): void =>
    void run(async () => {
      const owned = await call('profiles.adopt', request)
      await refresh()
      profileWritten(role, owned.profile)
      closeClash()
    })
  const problem = failure ?? (preview.isError ? toHallpassError(preview.error) : null)
  return (
    <Dialog
      title={words.title(role.profile)}
      lead={words.lead}
      environment={role.environment}
      size="lg"
      alert
      onClose={closeClash}
      footer={
        <>
          <span className="grow" />
          <Button initialFocus shortcut="Esc" onClick={closeClash}>
            {strings.cancel}
          </Button>
          <Button onClick={onRename}>{words.other}</Button>
          <Button
            tone="primary"
            busy={busy ? words.adopting : undefined}
            disabled={preview.data === undefined}
            onClick={adopt}
          >
            {words.adopt}
          </Button>
        </>
      }
    >
      {problem !== null && <ErrorNotice error={problem} />}
      {preview.isPending && (
        <p className="t2">
          <i className="spin" /> {words.looking}
        </p>
      )}
      {preview.data !== undefined && <Diff diff={preview.data.diff} label={words.diff(role.profile)} />}
    </Dialog>
  )
}

function OtherName({ role, mode, onBack }: ClashProps & { onBack: () => void }) {
  const { closeClash, profileWritten } = useRoleActions()
  const refresh = useRefresh()
  const { busy, failure, run } = useBusy()
  const [profile, setProfile] = useState(`${role.profile}-hallpass`)
  const [problem, setProblem] = useState<string>()
  const write = (): void => {
    const found = problemWith(profileNameField, profile.trim())
    setProblem(found)
    if (found !== undefined) return
    void run(async () => {
      const request = { name: role.name, profile: profile.trim(), mode }
      // Looked at first: a name that is taken too must not become the role's.
      await call('profiles.preview', request)
      await call('roles.edit', { name: role.name, edit: { profile: request.profile } })
      const owned = await call('profiles.write', request)
      await refresh()
      profileWritten(role, owned.profile)
      closeClash()
    })
  }
  return (
    <Dialog
      title={words.otherTitle}
      lead={words.otherLead(role.profile)}
      environment={role.environment}
      size="sm"
      onClose={closeClash}
      onSubmit={write}
      footer={
        <>
          <Button onClick={onBack}>{words.back}</Button>
          <span className="grow" />
          <Button shortcut="Esc" onClick={closeClash}>
            {strings.cancel}
          </Button>
          <Button tone="primary" type="submit" busy={busy ? words.writing : undefined}>
            {words.write}
          </Button>
        </>
      }
    >
      {failure !== null && <ErrorNotice error={failure} />}
      <TextField
        label={words.name}
        mono
        initialFocus
        value={profile}
        problem={problem}
        onChange={(value) => {
          setProfile(value)
          setProblem(undefined)
        }}
      />
    </Dialog>
  )
}
