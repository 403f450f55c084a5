import { expect, it } from 'vitest'
import { isBrowserOutside, openSecretly } from '#core/browsers/open-secretly.ts'

const LINK = 'https://us-east-1.signin.aws.amazon.com/federation?Action=login&SigninToken=planted'
const options = { browser: 'The browser', hint: 'Do it yourself.' }

it('gives the opener an address that leads to the link once', async () => {
  const given: string[] = []
  await openSecretly(
    LINK,
    async (url) => {
      given.push(url)
      const answer = await fetch(url, { redirect: 'manual' })
      given.push(answer.headers.get('location') ?? '')
    },
    options,
  )
  expect(given).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/), LINK])
  await expect(fetch(given[0] ?? '')).rejects.toThrow()
})

it('tells the opener’s runner when it need not be waited for any longer', async () => {
  await openSecretly(
    LINK,
    async (url, enough) => {
      void fetch(url, { redirect: 'manual' })
      expect(await enough).toBe(true)
    },
    options,
  )
})

it('says that nobody came, and is over', async () => {
  let address = ''
  const open = async (url: string) => {
    address = url
  }
  await expect(openSecretly(LINK, open, { ...options, handOverMs: 20 })).rejects.toMatchObject({
    code: 'browser.unavailable',
    message: 'The browser did not fetch the sign-in link within 0.02 s, and it is void.',
    hint: 'Do it yourself.',
  })
  await expect(fetch(address)).rejects.toThrow()
})

it('is over when the opener fails', async () => {
  let address = ''
  const open = async (url: string) => {
    address = url
    throw new Error('no opener')
  }
  await expect(openSecretly(LINK, open, options)).rejects.toThrow('no opener')
  await expect(fetch(address)).rejects.toThrow()
})

it('is not for the browser of Windows, which would not get through to it', () => {
  expect([isBrowserOutside({ WSL_DISTRO_NAME: 'Debian' }), isBrowserOutside({})]).toEqual([true, false])
})
