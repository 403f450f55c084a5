/** Where the command and the AWS files are, how to put the command on the PATH, and who serves live sessions. */
import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { AppInfo, IpcRequest, Surroundings } from '#shared/ipc.ts'
import { type PathShell, pathLine } from '#shared/path-line.ts'
import { call, toHallpassError } from '../bridge.ts'
import { CopyButton } from '../components/button.tsx'
import { Segmented } from '../components/choice.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { showToast } from '../components/toast.tsx'
import { strings } from '../strings.ts'
import { SettingLine } from './setting-line.tsx'

const words = strings.settings.command
const { env, fish, powershell } = strings.settings.shells
const SHELLS = [
  { value: 'env', label: env },
  { value: 'fish', label: fish },
  { value: 'powershell', label: powershell },
] as const

export function CommandLines(props: { info: AppInfo; surroundings: UseQueryResult<Surroundings> }) {
  const { data, error } = props.surroundings
  if (data === undefined) {
    return (
      <li className="setting">
        {error === null ? <span className="t3">{words.reading}</span> : <ErrorNotice error={toHallpassError(error)} />}
      </li>
    )
  }
  return <KnownLines info={props.info} data={data} />
}

function KnownLines({ info, data }: { info: AppInfo; data: Surroundings }) {
  const usual: PathShell = info.platform === 'win32' ? 'powershell' : 'env'
  const [shell, setShell] = useState<PathShell>(usual)
  const { command, onPath } = data
  const folder = command.slice(0, Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\')))
  const line =
    onPath !== null ? undefined : (
      <div className="setting__line">
        <Segmented label={words.shells} segments={SHELLS} value={shell} onChange={setShell} />
        <PathValue text={pathLine(folder, shell)} label={words.copyLine} copy={{ what: 'path-line', shell }} />
      </div>
    )
  return (
    <>
      <SettingLine label={words.where} hint={onPath === null ? words.notOnPath : words.onPath(onPath)} below={line}>
        <PathValue text={command} label={words.copy} copy={{ what: 'command' }} />
      </SettingLine>
      <SettingLine label={words.agent} hint={data.isAgent ? words.isAgent : words.isNoAgent}>
        {null}
      </SettingLine>
      <FileLine label={words.config} file={data.configFile} what="config-file" />
      <FileLine label={words.credentials} file={data.credentialsFile} what="credentials-file" />
      <SettingLine label={words.state}>
        <PathValue text={data.stateFolder} label={words.copy} copy={{ what: 'state-folder' }} />
      </SettingLine>
    </>
  )
}

function FileLine(props: {
  label: string
  file: Surroundings['configFile']
  what: 'config-file' | 'credentials-file'
}): ReactNode {
  const { label, file, what } = props
  return (
    <SettingLine label={label} hint={file.exists ? undefined : words.missing}>
      <PathValue text={file.path} label={words.copy} copy={{ what }} />
    </SettingLine>
  )
}

function PathValue(props: { text: string; label: string; copy: IpcRequest<'settings.copy'> }) {
  const copy = async (): Promise<void> => {
    await call('settings.copy', props.copy)
    showToast(strings.copied(props.copy.what === 'path-line' ? words.line : props.text))
  }
  return (
    <span className="setting__path">
      <span className="mono sel" title={props.text}>
        {props.text}
      </span>
      <CopyButton label={`${props.label}: ${props.text}`} onClick={() => void copy()} />
    </span>
  )
}
