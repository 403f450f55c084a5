import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLocalState } from '#core/browsers/chromium-profiles.ts'
import { findProfiles, type ReadText } from '#core/browsers/find-profiles.ts'
import { readContainers, readProfilesIni } from '#core/browsers/firefox-profiles.ts'
import { HallpassError } from '#shared/errors.ts'

describe('Local State', () => {
  it('gives folders and names', () => {
    const text = JSON.stringify({
      browser: { enabled_labs_experiments: [] },
      profile: {
        info_cache: {
          Default: { name: 'Dana', user_name: 'dana@example.com', avatar_icon: 'chrome://theme/IDR_PROFILE_AVATAR_26' },
          'Profile 1': { name: 'Acme – production' },
        },
        last_used: 'Default',
      },
    })
    expect(readLocalState(text)).toEqual([
      { folder: 'Default', name: 'Dana' },
      { folder: 'Profile 1', name: 'Acme – production' },
    ])
  })

  it('gives no folder that lies elsewhere, and no name that is none', () => {
    const text = JSON.stringify({
      profile: {
        info_cache: {
          '../../etc': { name: 'up' },
          '..': { name: 'up' },
          'a\\b': { name: 'windows' },
          'line\nfeed': { name: 'two lines' },
          'Profile 2': { name: 'hidden\u202Eeman' },
          'Profile 3': { name: 7 },
          'Profile 4': null,
          'Profile 5': 'text',
        },
      },
    })
    expect(readLocalState(text)).toEqual([
      { folder: 'Profile 2', name: 'Profile 2' },
      { folder: 'Profile 3', name: 'Profile 3' },
    ])
  })

  it.each(['', '{', '[]', 'null', '{}', '{"profile": []}', '{"profile": {"info_cache": []}}', '{"profile":7}'])(
    'is not %j',
    (text) => {
      expect(readLocalState(text)).toBeUndefined()
    },
  )

  it('is read whatever is in it, and gives what can be shown', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary-ascii' }), fc.jsonValue(), { maxKeys: 8 }), (cache) => {
        for (const { folder, name } of readLocalState(JSON.stringify({ profile: { info_cache: cache } })) ?? []) {
          expect(folder).not.toMatch(/[/\\\p{Cc}]/u)
          expect(name).toMatch(/^[^\p{Cc}]+$/u)
          expect(Object.keys(cache)).toContain(folder)
        }
      }),
    )
  })
})

const PROFILES_INI = `[Install4F96D1932A9F858E]
Default=abcd1234.default-release
Locked=1

[Profile1]
Name=default
IsRelative=1
Path=wxyz9876.default
Default=1

[Profile0]
Name=default-release
IsRelative=1
Path=abcd1234.default-release

[Profile2]
Name=Acme = prod
IsRelative=0
Path=/srv/profiles/acme

[General]
StartWithLastProfile=1
Version=2
`

describe('profiles.ini', () => {
  it.each(['\n', '\r\n'])('gives names and paths, whatever ends its lines: %j', (ending) => {
    expect(readProfilesIni(PROFILES_INI.replaceAll('\n', ending))).toEqual([
      { name: 'default', path: 'wxyz9876.default', isRelative: true, isDefault: false },
      { name: 'default-release', path: 'abcd1234.default-release', isRelative: true, isDefault: true },
      { name: 'Acme = prod', path: '/srv/profiles/acme', isRelative: false, isDefault: false },
    ])
  })

  it('of an old Firefox says itself which profile is opened', () => {
    expect(readProfilesIni('[Profile0]\nName=one\nPath=p\nDefault=1')).toEqual([
      { name: 'one', path: 'p', isRelative: true, isDefault: true },
    ])
  })

  it.each(['', '[General]\nVersion=2', '[Profile]\nName=a\nPath=b', 'Name=a\nPath=b', '{"json": true}'])(
    'is not %j',
    (text) => {
      expect(readProfilesIni(text)).toBeUndefined()
    },
  )

  it('leaves out sections without a name or a path, and second ones of a name', () => {
    const text = '[Profile0]\nName=a\n[Profile1]\nPath=b\n[Profile2]\nName=a\nPath=one\n[Profile3]\nName=a\nPath=two'
    expect(readProfilesIni(text)).toEqual([{ name: 'a', path: 'one', isRelative: true, isDefault: false }])
  })

  it('comes back as it was written', () => {
    const sign = fc.constantFrom(...'abZ09=[]#;:/\\ .-_"é中😀')
    const word = fc.array(sign, { minLength: 1, maxLength: 20 }).map((signs) => `x${signs.join('')}`.trimEnd())
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(word, word), { selector: ([name]) => name, maxLength: 20 }), (profiles) => {
        fc.pre(profiles.length > 0)
        const text = profiles.map(([name, path], at) => `[Profile${at}]\nName=${name}\nIsRelative=1\nPath=${path}\n`)
        expect(readProfilesIni(text.join('\n'))).toEqual(
          profiles.map(([name, path]) => ({ name, path, isRelative: true, isDefault: false })),
        )
      }),
    )
  })

  it('never throws', () => {
    const line = fc.oneof(
      fc.constantFrom('[Profile0]', '[Install1]', 'Name=a', 'Path=b', 'Default=1', '='),
      fc.string(),
    )
    fc.assert(fc.property(fc.array(line), (lines) => void readProfilesIni(lines.join('\n'))))
  })
})

describe('containers.json', () => {
  it('gives the person’s containers, those of Firefox by what it calls them', () => {
    const text = JSON.stringify({
      version: 5,
      lastUserContextId: 6,
      identities: [
        { userContextId: 1, public: true, icon: 'fingerprint', color: 'blue', l10nID: 'userContextPersonal.label' },
        { userContextId: 2, public: true, icon: 'briefcase', color: 'orange', l10nId: 'user-context-work' },
        { userContextId: 5, public: false, icon: '', color: '', name: 'userContextIdInternal.thumbnail' },
        { userContextId: 6, public: true, icon: 'circle', color: 'red', name: 'acme-prod' },
        { userContextId: 7, public: true, icon: 'circle', color: 'red', name: 'acme-prod' },
        { userContextId: 8, public: true, name: 'two\nlines' },
        { userContextId: 9, public: true, l10nID: 'userContextUnheardOf.label' },
        'text',
        null,
      ],
    })
    expect(readContainers(text)).toEqual(['Personal', 'Work', 'acme-prod'])
  })

  it.each(['', '{', '[]', '{}', '{"identities": {}}', 'null'])('is not %j', (text) => {
    expect(readContainers(text)).toBeUndefined()
  })

  it('is read whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (identities) => {
        for (const name of readContainers(JSON.stringify({ identities })) ?? []) expect(name).not.toBe('')
      }),
    )
  })
})

describe('the profiles of a browser', () => {
  const firefox = {
    id: 'firefox',
    title: 'Firefox',
    family: 'firefox',
    privateFlag: '--private-window',
    program: '/usr/bin/firefox',
    isMacApp: false,
    dataFolders: ['/home/d/.mozilla/firefox', '/home/d/snap/firefox/common/.mozilla/firefox'],
  } as const
  const files =
    (known: Readonly<Record<string, string>>): ReadText =>
    async (path) => {
      const text = known[path]
      if (text === undefined) throw new HallpassError('file.not-found', `${path} does not exist.`)
      if (text === 'closed') throw new HallpassError('file.permission', `${path} can’t be read: permission denied.`)
      return text
    }

  it('are those of the first folder that has any', async () => {
    const root = '/home/d/snap/firefox/common/.mozilla/firefox'
    const read = files({
      [`${root}/profiles.ini`]: PROFILES_INI,
      [`${root}/abcd1234.default-release/containers.json`]: '{"identities":[{"public":true,"name":"acme"}]}',
    })
    expect(await findProfiles(firefox, 'linux', read)).toEqual({
      profiles: [
        { id: 'default', title: 'default', word: `${root}/wxyz9876.default`, isDefault: false, containers: [] },
        {
          id: 'default-release',
          title: 'default-release',
          word: `${root}/abcd1234.default-release`,
          isDefault: true,
          containers: ['acme'],
        },
        { id: 'Acme = prod', title: 'Acme = prod', word: '/srv/profiles/acme', isDefault: false, containers: [] },
      ],
      notes: [],
    })
  })

  it('are none, with a note, where a file is damaged or closed', async () => {
    const [one, two] = firefox.dataFolders
    const read = files({ [`${one}/profiles.ini`]: 'PNG', [`${two}/profiles.ini`]: 'closed' })
    expect(await findProfiles(firefox, 'linux', read)).toEqual({
      profiles: [],
      notes: [
        `${one}/profiles.ini is not what Firefox writes, and was passed over.`,
        `${two}/profiles.ini can’t be read: permission denied.`,
      ],
    })
    const chrome = { ...firefox, title: 'Chrome', family: 'chromium', dataFolders: ['/c'] } as const
    expect(await findProfiles(chrome, 'linux', files({ '/c/Local State': '{"profile": 1}' }))).toEqual({
      profiles: [],
      notes: ['/c/Local State is not what Chrome writes, and was passed over.'],
    })
  })

  it('on Windows are folders of Windows', async () => {
    const root = 'C:\\Users\\d\\AppData\\Roaming\\Mozilla\\Firefox'
    const read = files({ [`${root}\\profiles.ini`]: '[Profile0]\nName=a\nIsRelative=1\nPath=Profiles/x.a' })
    const found = await findProfiles({ ...firefox, dataFolders: [root] }, 'win32', read)
    expect(found.profiles[0]?.word).toBe(`${root}\\Profiles\\x.a`)
  })
})
