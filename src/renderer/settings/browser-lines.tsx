/** What is remembered of browsers, each with a way to forget it. */
import type { BrowserRule } from '#shared/console.ts'
import type { Settings } from '#shared/settings.ts'
import { Button } from '../components/button.tsx'
import { environmentLabel } from '../lib/environment.ts'
import { accountInFours } from '../lib/format.ts'
import { strings } from '../strings.ts'
import { SettingLine } from './setting-line.tsx'

const words = strings.browsers

export function BrowserLines(props: {
  settings: Settings
  onChange: (rules: Settings['consoleBrowsers'], said: string) => void
}) {
  const { settings, onChange } = props
  const rules = settings.consoleBrowsers
  if (rules.length === 0) {
    return (
      <SettingLine label={words.none} hint={words.noneHint}>
        {null}
      </SettingLine>
    )
  }
  return rules.map((rule) => {
    const whose = whoseOf(rule)
    return (
      <SettingLine key={whose} label={whose} hint={choiceWords(rule)}>
        <Button
          icon="bin"
          label={words.removeSpoken(whose)}
          onClick={() =>
            onChange(
              rules.filter((one) => one !== rule),
              words.removed(whose),
            )
          }
        >
          {words.remove}
        </Button>
      </SettingLine>
    )
  })
}

function whoseOf({ for: scope }: BrowserRule): string {
  return 'accountId' in scope
    ? words.forAccount(accountInFours(scope.accountId).join(' '))
    : environmentLabel(scope.environment)
}

function choiceWords({ use }: BrowserRule): string {
  return [
    use.browser,
    ...(use.profile === undefined ? [] : [words.profile(use.profile)]),
    ...(use.container === undefined ? [] : [words.container(use.container)]),
    ...(use.private ? [words.private] : []),
  ].join(', ')
}
