/** What is typed into a form and what is wrong with it. Changing a field takes its problem away. */
import { useState } from 'react'
import type { FieldErrors } from '../lib/fields.ts'

export function useForm<Fields extends object, Extra extends string = never>(initial: Fields | (() => Fields)) {
  const [fields, setFields] = useState<Fields>(initial)
  const [problems, setProblems] = useState<FieldErrors<Extract<keyof Fields, string> | Extra>>({})
  return {
    fields,
    problems,
    setProblems,
    /** `follow` may adjust other fields to the change. */
    set: (change: Partial<Fields>, follow: (after: Fields) => Fields = (after) => after): void => {
      setFields((before) => follow({ ...before, ...change }))
      setProblems((before) => {
        const rest = { ...before }
        for (const field of Object.keys(change) as Extract<keyof Fields, string>[]) delete rest[field]
        return rest
      })
    },
  }
}
