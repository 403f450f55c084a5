/** The version, what is new in it, and the licences. */
import { useState } from 'react'
import type { AppInfo } from '#shared/ipc.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Scrolling } from '../components/scrolling.tsx'
import type { Release } from '../lib/news.ts'
import { allNews, NewsDialog } from '../news/news.tsx'
import { strings } from '../strings.ts'
import { LICENCES } from './licences.ts'
import { SettingLine } from './setting-line.tsx'

const words = strings.settings.about

export function AboutLines({ info, onSeen }: { info: AppInfo; onSeen: (version: string) => void }) {
  const { version, settings } = info
  const [dialog, setDialog] = useState<'licences' | null>(null)
  const [releases, setReleases] = useState<readonly Release[] | null>(null)
  const close = (): void => setDialog(null)
  const isNew = settings.seenVersion !== version
  return (
    <>
      <SettingLine label={words.version}>
        <span className="sel">{version}</span>
      </SettingLine>
      <SettingLine label={words.news} hint={isNew ? words.newsUnread : undefined}>
        <Button
          label={`${words.show}: ${words.news}`}
          onClick={() => {
            void allNews().then(setReleases)
            if (isNew) onSeen(version)
          }}
        >
          {words.show}
        </Button>
      </SettingLine>
      <SettingLine label={words.licences}>
        <Button label={`${words.show}: ${words.licences}`} onClick={() => setDialog('licences')}>
          {words.show}
        </Button>
      </SettingLine>
      {releases !== null && <NewsDialog version={version} releases={releases} onClose={() => setReleases(null)} />}
      {dialog === 'licences' && (
        <Dialog
          title={words.licencesTitle}
          lead={words.licencesLead}
          onClose={close}
          footer={<CloseFooter onClose={close} />}
        >
          <Scrolling label={words.licencesTitle}>
            <dl className="licences">
              {LICENCES.map(([name, licence]) => (
                <div key={name}>
                  <dt className="mono">{name}</dt>
                  <dd>{licence}</dd>
                </div>
              ))}
            </dl>
          </Scrolling>
        </Dialog>
      )}
    </>
  )
}

function CloseFooter({ onClose }: { onClose: () => void }) {
  return (
    <>
      <span className="grow" />
      <Button shortcut="Esc" initialFocus onClick={onClose}>
        {strings.close}
      </Button>
    </>
  )
}
