// A person who signs in to the practice account's Identity Center in a browser of their own, and what they do in the window.
import type { Page } from '@playwright/test'
import type { PracticeAccount } from '#core/practice/practice-account.ts'
import { press } from '../../unit/core/practice/identity-center/clients.ts'
import { expect, type World } from './world.ts'

export const CENTER = 'corp'

/** Opens an address that main handed to the browser, and presses a button of its page; comes back where that leads to. */
export async function answerInBrowser(practice: PracticeAccount, url: string, button: 'Allow' | 'Deny'): Promise<void> {
  const page = await fetch(url)
  const answered = await press(practice, await page.text(), button)
  const back = answered.headers.get('location')
  if (back === null) expect(answered.status).toBe(200)
  else expect((await fetch(back)).status).toBeLessThan(500)
}

/** The last address that main handed to the browser, once there are so many. */
export async function openedAddress(opened: () => Promise<string[]>, count = 1): Promise<string> {
  await expect.poll(async () => (await opened()).length).toBe(count)
  return (await opened()).at(-1) ?? ''
}

/** In the dialog that adds one, which is open. */
export async function fillCenter(page: Page, world: World, name = CENTER): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Add Identity Center' })
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByLabel('Start URL').fill(world.practice.identityCenter.startUrl)
  await dialog.getByLabel('Region of Identity Center').fill(world.practice.identityCenter.region)
}

/** Adds `corp` in a window that has nothing yet, and signs in to it in the browser; the reading of roles is offered then. */
export async function signInFirst(page: Page, world: World, opened: () => Promise<string[]>): Promise<void> {
  await page.getByRole('button', { name: /Sign in with Identity Center/ }).click()
  await fillCenter(page, world)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByText('Finish in your browser')).toBeVisible()
  await answerInBrowser(world.practice, await openedAddress(opened), 'Allow')
  await expect(page.getByRole('dialog', { name: `Read the roles of ${CENTER}` })).toBeVisible()
}

/** All roles that are assigned, as they are offered: none is left out, nothing is written. */
export async function readRoles(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Read roles', exact: true }).click()
  await expect(page.getByRole('dialog', { name: `Roles of ${CENTER}` })).toBeVisible({ timeout: 30_000 })
}
