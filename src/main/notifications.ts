/** Shows what core decides to say, through the system's notifications, and does what is clicked. */
import { Notification } from 'electron'
import type { Notice, NoticeAction } from '#core/desktop/notices.ts'
import type { RoleRow } from '#shared/role-list.ts'

export interface Notifier {
  /** @returns whether the system shows it: otherwise the window has to say it */
  show(notice: Notice): Promise<boolean>
  /** Takes away what a notice was about. */
  withdraw(about: string): void
  /** Takes away the notices of sessions that were renewed or are over. */
  settle(roles: readonly RoleRow[]): void
}

export interface NotifierParts {
  /** Whether anything on this desktop shows notifications. */
  readonly canNotify: () => Promise<boolean>
  readonly onAction: (notice: Notice, action: NoticeAction) => void
  /** Clicked beside the buttons, or where there are none. */
  readonly onClick: (notice: Notice) => void
}

export function createNotifier({ canNotify, onAction, onClick }: NotifierParts): Notifier {
  /** Held for as long as they are shown: one that is collected answers no click. */
  const shown = new Map<string, { readonly notice: Notice; readonly notification: Notification }>()

  function withdraw(about: string): void {
    const old = shown.get(about)
    shown.delete(about)
    old?.notification.close()
  }

  return {
    async show(notice) {
      if (!Notification.isSupported() || !(await canNotify())) return false
      withdraw(notice.about)
      const { title, body, about } = notice
      const actions = notice.actions.map(({ label }) => ({ type: 'button' as const, text: label }))
      const notification = new Notification({ title, body, actions })
      shown.set(about, { notice, notification })
      const forget = (): void => {
        if (shown.get(about)?.notification === notification) shown.delete(about)
      }
      notification.on('click', () => {
        forget()
        onClick(notice)
      })
      notification.on('action', ({ actionIndex }) => {
        forget()
        const chosen = notice.actions[actionIndex]
        if (chosen) onAction(notice, chosen.action)
      })
      notification.show()
      return true
    },
    withdraw,
    settle(roles) {
      const ends = new Map(roles.map((role) => [role.name, role.expiresAt]))
      for (const [about, { notice }] of shown) {
        const { session } = notice
        if (session !== null && ends.get(notice.name) !== session.expiresAt) withdraw(about)
      }
    },
  }
}
