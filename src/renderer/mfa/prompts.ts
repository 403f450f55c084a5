/** The queue of MFA prompts and the text of a code, without the screen. */

interface Prompt {
  readonly promptId: string
}

export function removePrompt<One extends Prompt>(waiting: readonly One[], promptId: string): One[] {
  return waiting.filter((one) => one.promptId !== promptId)
}

/** What of a typed or pasted text is the code: `492 817` and `492-817` count. */
export function codeFrom(text: string): string {
  return text.replaceAll(/\D/g, '').slice(0, 6)
}
