/** Below the results: what the keys do with the line in view. */
import { Kbd } from '../components/kbd.tsx'
import { paletteKeyLabel } from '../lib/keys.ts'
import { strings } from '../strings.ts'
import type { Item, Scope } from './items.ts'
import { deedsOf } from './role-deeds.ts'

export function PaletteFoot({ item, scope, mac }: { item: Item | undefined; scope: Scope | null; mac: boolean }) {
  const { foot } = strings.palette
  const consoleKey = paletteKeyLabel('console', mac)
  const isRole = item?.kind === 'role'
  const needsConsoleKey = isRole && !(item.deed.kind === 'role' && item.deed.command === 'console')
  return (
    <div className="pal__f" aria-hidden="true">
      {item !== undefined && (
        <>
          <span>
            <Kbd>↑</Kbd>
            <Kbd>↓</Kbd>
            {foot.move}
          </span>
          <span>
            <Kbd>⏎</Kbd>
            {isRole ? enterDoes(item) : foot.choose}
          </span>
        </>
      )}
      {needsConsoleKey && (
        <span>
          <Kbd>{consoleKey}</Kbd>
          {foot.console}
        </span>
      )}
      {(isRole || item?.kind === 'account') && (
        <span>
          <Kbd>Tab</Kbd>
          {isRole ? (needsConsoleKey ? foot.actionsShort : foot.actions) : foot.rolesOf}
        </span>
      )}
      <span className="grow" />
      {scope === null ? (
        <>
          <span>
            <Kbd>{'>'}</Kbd>
            {foot.actionsOnly}
          </span>
          <span>
            <Kbd>@</Kbd>
            {foot.accounts}
          </span>
        </>
      ) : (
        <span>
          <Kbd>Esc</Kbd>
          {foot.back}
        </span>
      )}
    </div>
  )
}

/** The first action in words: start, renew or open console. */
function enterDoes({ role }: Item & { kind: 'role' }): string {
  return (deedsOf(role, Date.now(), '')[0]?.does ?? strings.palette.foot.choose).toLowerCase()
}
