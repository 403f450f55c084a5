/** How Hallpass behaves: every setting acts at once. With a search, and a list of the parts beside them. */
import { type ReactNode, useRef, useState } from 'react'
import type { AppInfo } from '#shared/ipc.ts'
import type { Settings } from '#shared/settings.ts'
import { toHallpassError } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { Kbd } from '../components/kbd.tsx'
import { Empty, ErrorNotice, FailedScreen } from '../components/notice.tsx'
import type { ScreenProps } from '../frame/section-screen.tsx'
import { useCommands } from '../hooks/use-commands.ts'
import { useAppInfo, useRefresh } from '../hooks/use-data.ts'
import { lockNow } from '../lock/lock-now.ts'
import { strings } from '../strings.ts'
import { AboutLines } from './about.tsx'
import { BrowserLines } from './browser-lines.tsx'
import { CommandLines } from './command-lines.tsx'
import { allIn, matches, PARTS, type Part, ROWS, type SettingKey, type SettingRow, spoken } from './rows.ts'
import { SettingControl } from './setting-control.tsx'
import { SettingLine } from './setting-line.tsx'
import { useParts } from './use-parts.ts'
import { useSettingChange } from './use-setting-change.ts'
import { useShortcutProblem } from './use-shortcut-problem.ts'
import { useSurroundings } from './use-surroundings.ts'

const words = strings.settings

export function SettingsScreen({ info }: ScreenProps) {
  const query = useAppInfo()
  const refresh = useRefresh()
  if (info !== undefined) return <SettingsPage info={info} />
  return (
    <>
      <SettingsTop />
      {query.isError && <FailedScreen error={toHallpassError(query.error)} onRetry={() => void refresh()} />}
    </>
  )
}

function SettingsTop({ children }: { children?: ReactNode }) {
  return (
    <header className="topbar">
      <h1 className="grow">{words.title}</h1>
      {children}
    </header>
  )
}

function SettingsPage({ info }: { info: AppInfo }) {
  const { settings } = info
  const mac = info.platform === 'darwin'
  const [query, setQuery] = useState('')
  const searchRef = useRef<HTMLInputElement>(null)
  const { failure, change } = useSettingChange()
  const surroundings = useSurroundings()
  const shortcutProblem = useShortcutProblem()
  useCommands(mac, (command) => {
    if (command !== 'search') return false
    searchRef.current?.focus()
    searchRef.current?.select()
    return true
  })

  const onChange = (row: SettingRow, value: Settings[SettingKey]): void => {
    const said = words.changed(words.rows[row.key].label, spoken(row, value, settings, mac))
    change(row.key, settings[row.key], value, said)
  }
  const hintOf = ({ key }: SettingRow): string | undefined =>
    key === 'lockWithScreen' && surroundings.data?.knowsScreenLock === false ? words.noScreenLock : undefined

  const linesOf = (part: Part): ReactNode[] => [
    ...ROWS[part]
      .filter((row) => matches(query, part, row, settings))
      .map((row) => (
        <SettingControl
          key={row.key}
          row={row}
          settings={settings}
          mac={mac}
          hint={hintOf(row)}
          problem={row.key === 'globalShortcut' ? shortcutProblem : undefined}
          onChange={onChange}
        />
      )),
    ...extrasOf(part),
  ]
  const extrasOf = (part: Part): ReactNode[] => {
    const shows = (texts: object): boolean =>
      allIn(query, [words.sections[part], ...Object.values(texts).filter((text) => typeof text === 'string')])
    if (part === 'lock' && allIn(query, [words.sections.lock, words.lockNow, words.lockNowHint])) {
      return [
        <SettingLine key="now" label={words.lockNow} hint={words.lockNowHint}>
          <Button icon="lock" shortcut="lock" onClick={() => void lockNow()}>
            {words.lockNow}
          </Button>
        </SettingLine>,
      ]
    }
    if (part === 'console' && shows(strings.browsers)) {
      return [
        <BrowserLines
          key="browsers"
          settings={settings}
          onChange={(rules, said) => change('consoleBrowsers', settings.consoleBrowsers, rules, said)}
        />,
      ]
    }
    if (part === 'command' && shows(words.command)) {
      return [<CommandLines key="command" info={info} surroundings={surroundings} />]
    }
    if (part === 'about' && shows(words.about)) {
      return [
        <AboutLines
          key="about"
          info={info}
          onSeen={(version) => change('seenVersion', settings.seenVersion, version)}
        />,
      ]
    }
    return []
  }

  const shown = PARTS.map((part) => ({ part, lines: linesOf(part) })).filter(({ lines }) => lines.length > 0)
  const { pageRef, current, goTo, onScroll } = useParts(shown.map(({ part }) => part))
  return (
    <>
      <SettingsTop>
        <search className="field search">
          <Icon name="search" />
          <input
            ref={searchRef}
            type="text"
            aria-label={words.search}
            placeholder={words.search}
            spellCheck={false}
            autoComplete="off"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return
              event.preventDefault()
              if (query === '') searchRef.current?.blur()
              setQuery('')
            }}
          />
          <Kbd>/</Kbd>
        </search>
      </SettingsTop>
      {shown.length === 0 ? (
        <div className="page page--empty" data-region="list" tabIndex={-1}>
          <Empty
            icon="search"
            title={words.nothing(query.trim())}
            actions={<Button onClick={() => setQuery('')}>{words.clearSearch}</Button>}
          >
            {words.nothingText}
          </Empty>
        </div>
      ) : (
        <div className="page settings" data-region="list" tabIndex={-1} ref={pageRef} onScroll={onScroll}>
          <nav className="settings__nav nav" aria-label={words.nav}>
            {shown.map(({ part }) => (
              <button
                key={part}
                type="button"
                className="nav__item"
                aria-current={part === current ? 'true' : undefined}
                onClick={() => goTo(part)}
              >
                {words.sections[part]}
              </button>
            ))}
          </nav>
          <div className="settings__in">
            {failure !== null && <ErrorNotice title={words.failed} error={failure} />}
            {shown.map(({ part, lines }) => (
              <section key={part} aria-labelledby={`settings-${part}`}>
                <div className="h h--pad">
                  <h2 id={`settings-${part}`} data-part={part} tabIndex={-1}>
                    {words.sections[part]}
                  </h2>
                </div>
                <ul className="card">{lines}</ul>
              </section>
            ))}
          </div>
        </div>
      )}
    </>
  )
}
