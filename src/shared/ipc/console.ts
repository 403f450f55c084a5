/** Calls that open or copy console links. */
import { z } from 'zod'
import { byName, none } from './common.ts'

export const consoleVia = z.enum(['switch-role', 'sign-in'])

export const CONSOLE_CALLS = {
  'console.open': { request: byName.extend({ via: consoleVia }), reply: none },
  'console.copy-switch-link': { request: byName, reply: none },
} as const
