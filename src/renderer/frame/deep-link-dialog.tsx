/**
 * Asks about a link from outside. Any web page can send one, at any moment: nothing happens before the person says so,
 * no single key says yes to who was just typing something else, and a link that comes while another is asked about does
 * not change the question under their hands.
 */
import { useCallback, useEffect, useState } from 'react'
import type { DeepLink, IpcEventPayload } from '#shared/ipc.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { errorFromReport } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { useRoleActions } from '../hooks/role-actions.tsx'
import { useNow } from '../hooks/use-now.ts'
import { isLive } from '../lib/session-view.ts'
import { StartFacts } from '../roles/start-facts.tsx'
import { strings } from '../strings.ts'

type Opened = IpcEventPayload<'deep-link.opened'>

interface Place {
  readonly roles: readonly RoleRow[]
  readonly onShowRole: (name: string) => void
}

export function DeepLinkDialog(props: Place) {
  const [opened, setOpened] = useState<Opened | null>(null)
  const close = useCallback(() => setOpened(null), [])
  useEffect(() => window.hallpass.on('deep-link.opened', (next) => setOpened((current) => current ?? next)), [])
  if (opened === null) return null
  if ('problem' in opened) return <RefusedLink problem={opened.problem} onClose={close} />
  const role = props.roles.find(({ name }) => name === opened.link.name)
  return role === undefined ? null : <AskAboutLink {...props} link={opened.link} role={role} onClose={close} />
}

function RefusedLink({ problem, onClose }: { problem: Parameters<typeof errorFromReport>[0]; onClose: () => void }) {
  return (
    <Dialog
      title={strings.link.refused}
      alert
      onClose={onClose}
      footer={
        <>
          <span className="grow" />
          <Button shortcut="Esc" initialFocus onClick={onClose}>
            {strings.close}
          </Button>
        </>
      }
    >
      <ErrorNotice error={errorFromReport(problem)} />
    </Dialog>
  )
}

function AskAboutLink(props: Place & { link: DeepLink; role: RoleRow; onClose: () => void }) {
  const { link, role, roles, onShowRole, onClose } = props
  const actions = useRoleActions()
  const now = useNow()
  const live = isLive(role, now)
  const isConsole = link.kind === 'console'
  const nothingToDo = live && !isConsole

  const show = (): void => {
    onClose()
    onShowRole(role.name)
  }
  const goOn = (): void => {
    show()
    if (!isConsole) actions.startConfirmed(role, null)
    else if (live) actions.openConsole(role, link.via)
    else actions.startConfirmed(role, { kind: 'console', via: link.via })
  }
  const { environment } = role
  const isProduction = environment === 'prod'
  return (
    <Dialog
      title={titleOf(link, role, nothingToDo)}
      lead={nothingToDo ? strings.link.activeLead : strings.link.lead}
      environment={environment}
      alert
      onClose={onClose}
      footer={
        <>
          <span className="grow">{!nothingToDo && strings.confirm.foot}</span>
          <Button shortcut={nothingToDo ? 'Esc' : '⏎'} initialFocus onClick={onClose}>
            {strings.cancel}
          </Button>
          <Button onClick={show}>{strings.link.show}</Button>
          {!nothingToDo && (
            <Button tone={isProduction ? 'prod' : 'primary'} onClick={goOn}>
              {wordFor(isConsole, isProduction)}
            </Button>
          )}
        </>
      }
    >
      {isProduction && !nothingToDo && <p>{strings.confirm.lead}</p>}
      {!nothingToDo && (
        <StartFacts role={role} roles={roles} now={now}>
          {isConsole && (
            <>
              <dt>{strings.link.consoleLink}</dt>
              <dd>{link.via === 'sign-in' ? strings.pass.signInLink : strings.pass.switchLink}</dd>
            </>
          )}
        </StartFacts>
      )}
    </Dialog>
  )
}

function titleOf(link: DeepLink, role: RoleRow, nothingToDo: boolean): string {
  if (nothingToDo) return strings.link.isActive(role.name)
  return link.kind === 'console' ? strings.link.console(role.name) : strings.link.start(role.name)
}

function wordFor(isConsole: boolean, isProduction: boolean): string {
  if (isConsole) return strings.link.open
  return isProduction ? strings.confirm.start : strings.pass.start
}
