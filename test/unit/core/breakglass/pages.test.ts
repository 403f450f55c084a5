/** Pages that an open credential leads to: recorded first, and given to nobody once it is sealed again. */
import { beforeEach, describe, expect, it } from 'vitest'
import { createPages } from '#core/breakglass/pages.ts'
import type { Opening } from '#shared/breakglass.ts'

const ROLE = { name: 'SupportUserRole', arn: 'arn:aws:iam::123456789012:role/SupportUserRole', link: 'https://switch' }
const opening = {
  id: 'o1',
  credential: { id: 's1', name: 'lab', signInUrl: 'https://sign-in', roles: [ROLE] },
} as unknown as Opening

let open: Opening[]
let recorded: (string | null)[][]
/** What happens while AWS, or the disk, is being waited for. */
let meanwhile: () => void

beforeEach(() => {
  open = [opening]
  recorded = []
  meanwhile = () => {}
})

const pages = () =>
  createPages({
    openings: { openings: () => open, assume: async () => ({ credentials: {} as never, reasonAs: 'source-identity' }) },
    record: {
      followed: async (...entry) => {
        recorded.push(entry)
        meanwhile()
      },
    },
    signInLinkOf: async () => {
      meanwhile()
      return 'https://signed-in'
    },
  })
const seal = () => {
  open = []
}

describe('an address', () => {
  it('is given once it is recorded', async () => {
    expect(await pages().follow('o1')).toBe('https://sign-in')
    expect(await pages().follow('o1', 'SupportUserRole')).toBe('https://switch')
    expect(recorded).toEqual([
      ['s1', 'sign-in-page', null],
      ['s1', 'role-link', 'SupportUserRole'],
    ])
  })

  it('is not given when it was sealed meanwhile, and of a sealed one nothing is recorded', async () => {
    meanwhile = seal
    await expect(pages().follow('o1')).rejects.toMatchObject({ code: 'breakglass.sealed' })
    await expect(pages().follow('o1')).rejects.toMatchObject({ code: 'breakglass.sealed' })
    expect(recorded).toHaveLength(1)
  })
})

describe('a link that signs in', () => {
  it('is recorded and given', async () => {
    expect(await pages().signInLink('o1', ROLE.arn)).toEqual({ url: 'https://signed-in', reasonAs: 'source-identity' })
    expect(recorded).toEqual([['s1', 'console', 'SupportUserRole']])
  })

  it('is given to nobody when the seal has closed while AWS was answering', async () => {
    meanwhile = seal
    await expect(pages().signInLink('o1', ROLE.arn)).rejects.toMatchObject({ code: 'breakglass.sealed' })
    expect(recorded).toEqual([])
  })
})
