/** Adding a profile of the AWS files as an identity. AWS is asked whose credentials it gives. */
import { nameField, regionField } from '#shared/fields.ts'
import { newProfileIdentitySchema } from '#shared/identities.ts'
import { call } from '../bridge.ts'
import { Dialog } from '../components/dialog.tsx'
import { TextField } from '../components/field.tsx'
import { FormFooter } from '../components/form-footer.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { showToast } from '../components/toast.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useAppInfo, useRefresh, useSettings } from '../hooks/use-data.ts'
import { useForm } from '../hooks/use-form.ts'
import { collectErrors, problemWith, problemWithName, problemWithOptional } from '../lib/fields.ts'
import { centerStrings } from '../strings/centers.ts'
import { strings } from '../strings.ts'

const words = centerStrings.profiles

export function AddProfile({ taken, onClose }: { taken: readonly string[]; onClose: () => void }) {
  const { fields, problems, setProblems, set } = useForm({
    name: '',
    profile: '',
    region: useSettings(useAppInfo().data)?.defaultRegion ?? '',
  })
  const { busy, failure, run } = useBusy()
  const refresh = useRefresh()
  const name = fields.name.trim() || fields.profile.trim()
  const save = (): void => {
    const found = collectErrors({
      name: problemWithName(nameField, name, taken),
      profile: problemWith(newProfileIdentitySchema.shape.profile, fields.profile),
      region: problemWithOptional(regionField, fields.region),
    })
    setProblems(found ?? {})
    if (found !== null) return
    const region = fields.region.trim()
    void run(async () => {
      const added = await call('identities.add-profile', {
        name,
        profile: fields.profile.trim(),
        ...(region === '' ? {} : { region }),
      })
      await refresh()
      showToast(words.tested(added.name))
      onClose()
    })
  }
  return (
    <Dialog
      title={words.addTitle}
      lead={words.addLead}
      onClose={onClose}
      onSubmit={save}
      footer={<FormFooter action={words.add} busy={busy ? words.adding : undefined} onLeave={onClose} />}
    >
      {failure !== null && <ErrorNotice error={failure} />}
      <div className="form">
        <TextField
          label={words.profile}
          full
          mono
          initialFocus
          placeholder="build"
          hint={words.profileHint}
          value={fields.profile}
          problem={problems.profile}
          onChange={(profile) => set({ profile })}
        />
        <TextField
          label={words.name}
          note={strings.optional}
          placeholder={fields.profile.trim()}
          value={fields.name}
          problem={problems.name}
          onChange={(value) => set({ name: value })}
        />
        <TextField
          label={words.region}
          note={strings.optional}
          mono
          placeholder="eu-west-1"
          value={fields.region}
          problem={problems.region}
          onChange={(region) => set({ region })}
        />
      </div>
    </Dialog>
  )
}
