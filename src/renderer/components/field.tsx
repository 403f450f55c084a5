/** A labelled text field. What is wrong is said below it and tied to it; its hint steps aside then. */
import { type ReactNode, type Ref, useId } from 'react'
import { Icon } from './icon.tsx'

interface FieldProps {
  readonly label: string
  /** Beside the label, such as "optional". */
  readonly note?: string
  readonly hint?: ReactNode
  readonly problem?: string | undefined
  readonly mono?: boolean
  readonly full?: boolean
  readonly placeholder?: string
  /** Has the focus when its dialog opens. */
  readonly initialFocus?: boolean
}

interface TextFieldProps extends FieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

export function TextField(props: TextFieldProps) {
  const { value, onChange } = props
  return (
    <LabelledField {...props}>
      {(shared) => (
        <input
          {...shared}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          placeholder={props.placeholder}
        />
      )}
    </LabelledField>
  )
}

/** Several lines. */
export function TextArea(props: TextFieldProps & { rows?: number }) {
  const { value, onChange, rows = 3 } = props
  return (
    <LabelledField {...props} area>
      {({ className, ...shared }) => (
        <textarea
          {...shared}
          className={className === undefined ? 'area' : `area ${className}`}
          rows={rows}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          placeholder={props.placeholder}
        />
      )}
    </LabelledField>
  )
}

/** For a secret: never in React's state, so nothing that inspects the app's state can hold it. Read it through `ref`. */
export function SecretField(props: FieldProps & { ref: Ref<HTMLInputElement> }) {
  return (
    <LabelledField {...props}>
      {(shared) => <input {...shared} ref={props.ref} type="password" placeholder={props.placeholder} />}
    </LabelledField>
  )
}

interface SharedInputProps {
  readonly id: string
  readonly className: string | undefined
  readonly autoComplete: string
  readonly spellCheck: boolean
  readonly 'aria-invalid': true | undefined
  readonly 'aria-describedby': string | undefined
  readonly 'data-initial-focus': true | undefined
}

function LabelledField(props: FieldProps & { area?: boolean; children: (shared: SharedInputProps) => ReactNode }) {
  const { label, note, hint, problem, children } = props
  const id = useId()
  const described = problem !== undefined || hint !== undefined
  return (
    <div className={props.full ? 'full' : undefined}>
      <label className="label" htmlFor={id}>
        {label}
        {note !== undefined && <span>{note}</span>}
      </label>
      <div className={`field${props.area ? ' field--area' : ''}${problem === undefined ? '' : ' field--error'}`}>
        {children({
          id,
          className: props.mono ? 'mono' : undefined,
          autoComplete: 'off',
          spellCheck: false,
          'aria-invalid': problem === undefined ? undefined : true,
          'aria-describedby': described ? `${id}-about` : undefined,
          'data-initial-focus': props.initialFocus || undefined,
        })}
      </div>
      <FieldMessage id={`${id}-about`} problem={problem} hint={hint} />
    </div>
  )
}

/** What stands below a field: the problem if there is one, else the hint. */
export function FieldMessage(props: { id?: string; problem?: string | undefined; hint?: ReactNode }) {
  if (props.problem !== undefined) {
    return (
      <p className="hint hint--error" id={props.id}>
        <Icon name="alert" size={14} />
        <span>{props.problem}</span>
      </p>
    )
  }
  return props.hint === undefined ? null : (
    <p className="hint" id={props.id}>
      {props.hint}
    </p>
  )
}
