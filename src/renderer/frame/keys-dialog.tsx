/** Every key there is, from the table that the keys are read by. */
import { useContext, useState } from 'react'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { TextField } from '../components/field.tsx'
import { Kbd } from '../components/kbd.tsx'
import { KeyWaysContext } from '../hooks/key-ways.ts'
import { acceleratorLabel, commandsOf, KEY_GROUPS, type KeyGroup, keyLabels, paletteKeyLabel } from '../lib/keys.ts'
import { strings } from '../strings.ts'

interface Line {
  readonly does: string
  readonly keys: readonly string[]
  readonly inPalette?: string | undefined
}

/** @param props.globalShortcut as Electron writes it; null when there is none */
export function KeysDialog(props: { globalShortcut: string | null; onClose: () => void }) {
  const { mac, singleKeys } = useContext(KeyWaysContext)
  const [query, setQuery] = useState('')

  const linesOf = (group: KeyGroup): Line[] => {
    const lines = commandsOf(group).map((command): Line => {
      const keys = keyLabels(command, { mac, singleKeys })
      const inPalette = group === 'role' ? paletteKeyLabel(command, mac) : undefined
      return {
        does: strings.keys.does[command],
        keys,
        inPalette: keys.includes(inPalette ?? '') ? undefined : inPalette,
      }
    })
    if (group !== 'everywhere' || props.globalShortcut === null) return lines
    return [...lines, { does: strings.keys.does.fromAnywhere, keys: [acceleratorLabel(props.globalShortcut, mac)] }]
  }
  const wanted = query.trim().toLowerCase()
  const isWanted = ({ does, keys, inPalette = '' }: Line): boolean =>
    [does, ...keys, inPalette].some((text) => text.toLowerCase().includes(wanted))
  const groups = KEY_GROUPS.map((group) => ({ group, lines: linesOf(group).filter(isWanted) }))
  const shown = groups.filter(({ lines }) => lines.length > 0)

  return (
    <Dialog
      title={strings.keys.title}
      size="lg"
      onClose={props.onClose}
      footer={
        <>
          <span className="grow" />
          <Button shortcut="Esc" onClick={props.onClose}>
            {strings.close}
          </Button>
        </>
      }
    >
      <TextField label={strings.keys.search} value={query} onChange={setQuery} initialFocus />
      {shown.length === 0 && <p className="t2">{strings.keys.none(query.trim())}</p>}
      <div className="keylist">
        {shown.map(({ group, lines }) => (
          <section key={group} aria-label={strings.keys.groups[group]}>
            <h3 className="keylist__h">{strings.keys.groups[group]}</h3>
            <dl>
              {lines.map((line) => (
                <KeyLine key={line.does} {...line} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

function KeyLine({ does, keys, inPalette }: Line) {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
        <span className="sr">{keys.join(', ')}</span>
      </dt>
      <dd>
        {does}
        {inPalette !== undefined && <small>{strings.keys.inPalette(inPalette)}</small>}
      </dd>
    </div>
  )
}
