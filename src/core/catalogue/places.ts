/** Where a catalogue is: told apart by how it is written, and refused when it could be anything else. */
import { isAbsolute } from 'node:path'
import { HallpassError } from '#shared/errors.ts'

export type Place =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'https'; readonly url: string }
  | { readonly kind: 'git'; readonly url: string }
  | { readonly kind: 's3'; readonly bucket: string; readonly key: string }

// `user@host:path`, as ssh and git write it.
const SCP_LIKE = /^[A-Za-z0-9_][A-Za-z0-9_.-]*@[A-Za-z0-9][A-Za-z0-9.-]*:(?!\/\/)[^\s]+$/
// S3: lower case, 3–63 (S3 User Guide, "Bucket naming rules").
const S3 = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(.+)$/

/** Parameters that let whoever has the address in: presigned URLs of S3, Google and Azure, tokens of Git hosts. */
const SECRET_PARAMETER =
  /^(?:sig|signature|x-(?:amz|goog)-(?:signature|credential|security-token)|auth|key|(?:[a-z]+[_-])*(?:token|secret|password|api[_-]?key))$/i

/**
 * @param place a file's absolute path; `https://…`; `git+https://…`, `https://….git`, `ssh://…`, `user@host:path` or
 *   `git+file:///…`; `s3://bucket/key`
 * @throws `input.invalid`
 */
export function readPlace(place: string): Place {
  const text = place.trim()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them belongs in an address
  if (/[\u0000-\u001f]/.test(text)) throw unknownPlace()
  const s3 = S3.exec(text)
  if (s3) return { kind: 's3', bucket: s3[1] ?? '', key: s3[2] ?? '' }
  if (SCP_LIKE.test(text)) return { kind: 'git', url: text }
  if (isAbsolute(text)) return { kind: 'file', file: text }
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw unknownPlace()
  }
  const isSsh = /^(?:git\+)?ssh:$/.test(url.protocol)
  if (url.password !== '' || (url.username !== '' && !isSsh)) throw credentialsInside()
  if ([...url.searchParams.keys()].some((name) => SECRET_PARAMETER.test(name))) throw credentialsInside()
  if (isSsh && !/^[A-Za-z0-9]/.test(url.hostname)) throw unknownPlace()
  switch (url.protocol) {
    case 'https:':
      return /\.git\/?$/.test(url.pathname) ? { kind: 'git', url: text } : { kind: 'https', url: url.href }
    case 'git+https:':
    case 'git+ssh:':
    case 'git+file:':
      return { kind: 'git', url: text.slice('git+'.length) }
    case 'ssh:':
      return { kind: 'git', url: text }
    case 'http:':
      throw new HallpassError(
        'input.invalid',
        'A catalogue is read over https only: on the way, anybody could change it.',
        {
          hint: 'Use the https address.',
        },
      )
    default:
      throw unknownPlace()
  }
}

function unknownPlace(): HallpassError {
  return new HallpassError('input.invalid', 'This is no place a catalogue can be at.', {
    hint: 'Give a file, an https address, a Git repository (git+https://…, ssh://…, git@host:path) or s3://bucket/key.',
  })
}

function credentialsInside(): HallpassError {
  return new HallpassError(
    'input.invalid',
    'There are credentials in this address. Hallpass would keep them in plain text.',
    {
      hint: 'Leave them out. For a private repository, Git’s own credential helper or SSH key is used.',
    },
  )
}
