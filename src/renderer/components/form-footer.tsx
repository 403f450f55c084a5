/** The buttons below a form: leave, and the one thing it is for. */
import { strings } from '../strings.ts'
import { Button } from './button.tsx'

export function FormFooter(props: {
  /** What the form does, such as "Add role". */
  action: string
  /** Set while that is under way: the step's name. */
  busy: string | undefined
  /** The form can't do anything as it is. */
  disabled?: boolean
  onLeave: () => void
}) {
  return (
    <>
      <span className="grow" />
      <Button shortcut="Esc" onClick={props.onLeave}>
        {strings.cancel}
      </Button>
      <Button tone="primary" type="submit" busy={props.busy} disabled={props.disabled}>
        {props.action}
      </Button>
    </>
  )
}
