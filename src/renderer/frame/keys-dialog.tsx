/** Every key there is. */
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Kbd } from '../components/kbd.tsx'
import { strings } from '../strings.ts'

export function KeysDialog({ mac, onClose }: { mac: boolean; onClose: () => void }) {
  const written = (keys: string): string => (mac ? keys.replace('Ctrl', '⌘').replace('Alt', '⌥') : keys)
  return (
    <Dialog
      title={strings.keys.title}
      size="lg"
      onClose={onClose}
      footer={
        <>
          <span className="grow" />
          <Button shortcut="Esc" initialFocus onClick={onClose}>
            {strings.close}
          </Button>
        </>
      }
    >
      <dl className="keylist">
        {strings.keys.rows.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              <Kbd>{written(keys)}</Kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
