/** One shape, two targets: the left half does the usual, the right half opens the choice. Alt+Down opens it too. */
import { type ReactNode, useRef, useState } from 'react'
import type { Shortcut } from '../hooks/key-ways.ts'
import { Button, type ButtonTone, buttonClass } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'
import { ActionMenu, type MenuEntries } from './menu.tsx'

export function SplitButton(props: {
  children: ReactNode
  onClick: () => void
  tone?: ButtonTone
  large?: boolean
  icon?: IconName
  shortcut?: Shortcut
  busy?: string | undefined
  menuLabel: string
  entries: MenuEntries
  smallMenu?: boolean
}) {
  const { children, menuLabel, entries, smallMenu = false, ...main } = props
  const [open, setOpen] = useState(false)
  const whole = useRef<HTMLDivElement>(null)
  return (
    <div className="splitbtn grow" ref={whole}>
      <Button {...main} onAltDown={() => setOpen(true)}>
        {children}
      </Button>
      <ActionMenu
        label={menuLabel}
        className={buttonClass(main)}
        entries={entries}
        small={smallMenu}
        open={open}
        onOpenChange={setOpen}
        alignTo={whole}
      >
        <Icon name="down" />
      </ActionMenu>
    </div>
  )
}
