/** `hallpass browser set` and `hallpass browser unset`. */
import { parseInput } from '#core/input.ts'
import { accountIdField } from '#shared/accounts.ts'
import type { BrowserScope } from '#shared/console.ts'
import { HallpassError } from '#shared/errors.ts'
import { environmentField } from '#shared/fields.ts'
import type { Handler } from '../descriptor.ts'
import type { Invocation } from '../invocation.ts'
import { describeChoice, describeScope } from '../output/describe-browser.ts'
import { readWishes } from './browser-options.ts'

export const browserSet: Handler = async (context, invocation) => {
  const scope = readScope(invocation)
  const browser = invocation.text('browser')
  if (browser === undefined) {
    throw new HallpassError('usage.invalid', 'Which browser is to open them?', {
      hint: 'Name one with --browser. See hallpass browser list.',
    })
  }
  const { browsers } = await context.hallpass()
  const rule = await browsers.remember(scope, { browser, ...readWishes(invocation, 'profile') })
  if (context.json) context.jsonData(rule)
  else context.note(`Consoles of ${describeScope(rule.for)} open in ${describeChoice(rule.use)}.`)
  return 0
}

export const browserUnset: Handler = async (context, invocation) => {
  const scope = readScope(invocation)
  const isForgotten = (await context.hallpass()).browsers.forget(scope)
  if (context.json) context.jsonData({ for: scope, forgotten: isForgotten })
  else {
    const whose = `Consoles of ${describeScope(scope)}`
    context.note(isForgotten ? `${whose} open in the system’s browser.` : `${whose} had no browser of their own.`)
  }
  return 0
}

function readScope(invocation: Invocation): BrowserScope {
  const [account, environment] = [invocation.text('account'), invocation.text('environment')]
  if ((account === undefined) === (environment === undefined)) {
    throw new HallpassError('usage.invalid', 'Whose consoles? Those of one account or of one environment.', {
      hint: 'Give --account ID or --environment NAME.',
    })
  }
  return account === undefined
    ? { environment: parseInput(environmentField, environment) }
    : { accountId: parseInput(accountIdField, account) }
}
