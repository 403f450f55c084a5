/** The two forms of the app's URLs. */
import { describe, expect, it } from 'vitest'
import { fromPageUrl, toPageUrl, toRequestedUrl } from './urls.ts'

const schemes = new Set(['app'])

describe('urls', () => {
  it.each([
    ['app://bundle/x/y.js?q=1#top', 'https://bundle.app.standin/x/y.js?q=1#top'],
    ['app://bundle', 'https://bundle.app.standin'],
    ['app://bundle?q=1', 'https://bundle.app.standin?q=1'],
    ['https://example.com/app://bundle/', 'https://example.com/app://bundle/'],
    ['data:text/plain,x', 'data:text/plain,x'],
    ['other://bundle/', 'other://bundle/'],
  ])('loads %s as %s and knows it again', (own, inPage) => {
    expect(toPageUrl(own, schemes)).toBe(inPage)
    expect(fromPageUrl(inPage)).toBe(own)
  })

  it.each([
    ['https://bundle.app.standin.evil.test/', 'https://bundle.app.standin.evil.test/'],
    ['https://evil.test/?https://bundle.app.standin/', 'https://evil.test/?https://bundle.app.standin/'],
    ['http://bundle.app.standin/', 'http://bundle.app.standin/'],
  ])('does not take %s for the app', (url, same) => {
    expect(fromPageUrl(url)).toBe(same)
  })

  it.each([
    ['app://bundle', 'app://bundle/'],
    ['app://bundle/a b#top', 'app://bundle/a%20b'],
  ])('expects a request for %s as %s', (url, requested) => {
    expect(toRequestedUrl(url, schemes)).toBe(requested)
  })
})
