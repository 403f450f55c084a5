/** The queue of MFA prompts and the text of a code, without the screen. */

interface Prompt {
  readonly promptId: string
}

/** Puts a prompt at the end; one that asks again keeps its place. */
export function addPrompt<One extends Prompt>(waiting: readonly One[], prompt: One): One[] {
  const known = waiting.some((one) => one.promptId === prompt.promptId)
  return known ? waiting.map((one) => (one.promptId === prompt.promptId ? prompt : one)) : [...waiting, prompt]
}

export function removePrompt<One extends Prompt>(waiting: readonly One[], promptId: string): One[] {
  return waiting.filter((one) => one.promptId !== promptId)
}

/** What of a typed or pasted text is the code: `492 817` and `492-817` count. */
export function codeFrom(text: string): string {
  return text.replaceAll(/\D/g, '').slice(0, 6)
}
