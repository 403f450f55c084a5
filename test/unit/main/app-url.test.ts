// Who may call main, and which files the app's scheme serves, tried with hostile tables.
import { describe, expect, it } from 'vitest'
import { fileForUrl, isTrustedSender } from '../../../src/main/app-url.ts'

const top = (url: string) => ({ url, parent: null })

describe('isTrustedSender', () => {
  it('believes the top frame of an own window on an own page', () => {
    expect(isTrustedSender(top('app://bundle/index.html'), true)).toBe(true)
  })

  it.each([
    ['no frame at all', null, true],
    ['a frame inside the page', { url: 'app://bundle/index.html', parent: top('app://bundle/index.html') }, true],
    ['a window that is not ours', top('app://bundle/index.html'), false],
    ['a web page', top('https://bundle/index.html'), true],
    ['another host of the scheme', top('app://bundle.evil/index.html'), true],
    ['a host that only starts alike', top('app://bundlex/index.html'), true],
    ['credentials in front', top('app://x@bundle/index.html'), true],
    ['a local file', top('file:///app://bundle/index.html'), true],
    ['an empty page', top('about:blank'), true],
    ['no address', top(''), true],
    ['data', top('data:text/html,app://bundle/'), true],
    ['different case of the scheme', top('APP://bundle/index.html'), true],
  ])('refuses %s', (_name, frame, isOwnWindow) => {
    expect(isTrustedSender(frame, isOwnWindow)).toBe(false)
  })
})

describe('fileForUrl', () => {
  const folder = '/opt/hallpass/out/renderer'

  it.each([
    ['app://bundle/', `${folder}/index.html`],
    ['app://bundle', `${folder}/index.html`],
    ['app://bundle/assets/index-1.js', `${folder}/assets/index-1.js`],
    ['app://bundle/assets/inter.woff2?v=1#x', `${folder}/assets/inter.woff2`],
  ])('serves %s', (url, path) => {
    expect(fileForUrl(folder, url)).toBe(path)
  })

  it.each([
    'app://bundle/../main/index.js',
    'app://bundle/%2e%2e/main/index.js',
    'app://bundle/..%2fmain/index.js',
    'app://bundle/assets/..%2f..%2f..%2fmain/index.js',
    'app://bundle/..%5cmain/index.js',
    'app://bundle/%2fetc/passwd',
    'app://bundle/assets/a.js%00.html',
    'app://bundle/%ff.js',
    'app://bundle/secrets.db',
    'app://bundle/assets',
    'app://other/index.html',
    'file:///opt/hallpass/out/renderer/index.html',
    'https://bundle/index.html',
  ])('serves nothing outside the folder for %s', (url) => {
    const path = fileForUrl(folder, url)
    expect(path === undefined || path.startsWith(`${folder}/`)).toBe(true)
  })

  it('refuses unknown types and other hosts outright', () => {
    expect(fileForUrl(folder, 'app://bundle/secrets.db')).toBeUndefined()
    expect(fileForUrl(folder, 'app://other/index.html')).toBeUndefined()
    expect(fileForUrl('/opt/app', 'app://bundle/..%2fapp-secrets/index.html')).toBeUndefined()
  })
})
