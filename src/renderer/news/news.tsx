/** What is new, shown once after an update, and never at the very first start. */
import { useEffect, useState } from 'react'
import type { AppInfo } from '#shared/ipc.ts'
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Scrolling } from '../components/scrolling.tsx'
import { useRefresh } from '../hooks/use-data.ts'
import { newsSince, type Release, releasesOf } from '../lib/news.ts'
import { firstRunStrings } from '../strings/first-run.ts'
import { strings } from '../strings.ts'

const words = firstRunStrings.news

/** Mount once, where the app is in use. */
export function News({ info }: { info: AppInfo | undefined }) {
  const refresh = useRefresh()
  const [releases, setReleases] = useState<readonly Release[]>([])
  const version = info?.version
  const seen = info?.settings.seenVersion

  const noteSeen = async (current: string): Promise<void> => {
    setReleases([])
    await call('settings.change', { seenVersion: current })
    await refresh()
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version or none is all that matters
  useEffect(() => {
    if (version === undefined || seen === undefined || seen === version) return
    if (seen === null) void noteSeen(version)
    else void readChangelog().then((changelog) => setReleases(newsSince(changelog, seen, version)))
  }, [version, seen])

  if (version === undefined || releases.length === 0) return null
  return <NewsDialog version={version} releases={releases} onClose={() => void noteSeen(version)} />
}

/** Everything there is to tell, for whoever asks. */
export async function allNews(): Promise<Release[]> {
  return releasesOf(await readChangelog())
}

export function NewsDialog(props: { version: string; releases: readonly Release[]; onClose: () => void }) {
  const { version, releases, onClose } = props
  return (
    <Dialog
      title={words.title(version)}
      lead={words.lead}
      size="lg"
      onClose={onClose}
      footer={
        <>
          <span className="grow" />
          <Button tone="primary" initialFocus shortcut="⏎" onClick={onClose}>
            {strings.done}
          </Button>
        </>
      }
    >
      <Scrolling label={words.title(version)}>
        {releases.map((release) => (
          <section key={release.version} className="news">
            {releases.length > 1 && <h3>{release.version}</h3>}
            <ul className="news__list">
              {release.entries.map((entry) => (
                <li key={entry} className="news__entry">
                  {entry}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </Scrolling>
    </Dialog>
  )
}

/** Loaded when there is something to tell: it grows with every version. */
async function readChangelog(): Promise<string> {
  return (await import('../../../CHANGELOG.md?raw')).default
}
