/** The forms of Identity Center: what is typed, what is wrong with it, and what of it goes to main. */
import { isHallpassError } from '#shared/errors.ts'
import { type Environment, nameField, regionField } from '#shared/fields.ts'
import type { NewCenterIdentity } from '#shared/identities.ts'
import { type DiscoveryChoices, environmentRuleSchema, startUrlField } from '#shared/identity-center.ts'
import { DEFAULT_TEMPLATE, parseTemplate, renderTemplate } from '#shared/role-name-template.ts'
import { collectErrors, type FieldErrors, problemWith, problemWithName } from './fields.ts'

export interface CenterFields {
  readonly name: string
  readonly startUrl: string
  readonly ssoRegion: string
}

/** @returns null when everything can be sent */
export function checkCenter(fields: CenterFields, taken: readonly string[]): FieldErrors<keyof CenterFields> | null {
  return collectErrors({
    name: problemWithName(nameField, fields.name.trim(), taken),
    startUrl: problemWith(startUrlField, fields.startUrl),
    ssoRegion: problemWith(regionField, fields.ssoRegion.trim()),
  })
}

export function newCenter({ name, startUrl, ssoRegion }: CenterFields): NewCenterIdentity {
  return { name: name.trim(), startUrl: startUrl.trim(), ssoRegion: ssoRegion.trim() }
}

/** A rule as a row of the form; the id tells rows apart while they are typed. */
export interface RuleFields {
  readonly id: number
  readonly pattern: string
  readonly environment: Environment
}

export interface DiscoveryFields {
  readonly template: string
  readonly rules: readonly RuleFields[]
  readonly withProfiles: boolean
}

/** As chosen last. */
export function discoveryFields(choices: DiscoveryChoices | null): DiscoveryFields {
  return {
    template: choices?.template ?? DEFAULT_TEMPLATE,
    rules: (choices?.rules ?? []).map((rule, id) => ({ ...rule, id })),
    withProfiles: choices?.withProfiles ?? false,
  }
}

/** Production is what a rule is for most often. */
export function addRule(rules: readonly RuleFields[]): RuleFields[] {
  return [...rules, { id: Math.max(-1, ...rules.map(({ id }) => id)) + 1, pattern: '', environment: 'prod' }]
}

export function choicesOf({ template, rules, withProfiles }: DiscoveryFields): DiscoveryChoices {
  return {
    template: template.trim(),
    rules: rules.map(({ pattern, environment }) => ({ pattern: pattern.trim(), environment })),
    withProfiles,
  }
}

export interface DiscoveryProblems {
  readonly template?: string | undefined
  /** By the rule's id. */
  readonly rules: ReadonlyMap<number, string>
}

/** @returns null when everything can be sent */
export function checkDiscovery(fields: DiscoveryFields, emptyPattern: string): DiscoveryProblems | null {
  const template = templateProblem(fields.template)
  const wrong = fields.rules.flatMap(({ id, pattern }): [number, string][] => {
    if (pattern.trim() === '') return [[id, emptyPattern]]
    const problem = problemWith(environmentRuleSchema.shape.pattern, pattern)
    return problem === undefined ? [] : [[id, problem]]
  })
  return template === undefined && wrong.length === 0 ? null : { template, rules: new Map(wrong) }
}

function templateProblem(template: string): string | undefined {
  try {
    parseTemplate(template.trim())
    return undefined
  } catch (error) {
    if (isHallpassError(error)) return error.message
    throw error
  }
}

/** What a role would be called; undefined for a template that can't be read. */
export function exampleName(template: string): string | undefined {
  if (templateProblem(template) !== undefined) return undefined
  return renderTemplate(parseTemplate(template.trim()), {
    account: 'acme-prod',
    accountId: '123456789012',
    role: 'PowerUserAccess',
    email: 'aws+prod@acme.example',
  })
}
