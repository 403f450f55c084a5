/** What makes Hallpass at home in a shell. */
import type { ArgumentDescriptor, CommandDescriptor } from '../descriptor.ts'
import { SHELLS } from '../shell/shells.ts'

const SHELL: ArgumentDescriptor = { name: 'shell', summary: 'the shell', choices: SHELLS }

export const SHELL_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['completion'],
    heading: 'Around it',
    summary: 'print a script that completes hallpass commands, options and names',
    description:
      'Commands and options are part of the script: print it anew after an update. Names of roles, identities, profiles and ' +
      'sessions are looked up when they are asked for.',
    arguments: [SHELL],
    examples: [
      {
        run: 'hallpass completion bash > ~/.local/share/bash-completion/completions/hallpass',
        does: 'bash; make the folder first where there is none',
      },
      {
        run: 'hallpass completion zsh > ~/.zfunc/_hallpass',
        does: 'zsh, with fpath+=(~/.zfunc) before compinit in ~/.zshrc',
      },
      { run: 'hallpass completion fish > ~/.config/fish/completions/hallpass.fish', does: 'fish' },
      { run: 'hallpass completion powershell >> $PROFILE', does: 'PowerShell' },
    ],
    load: async () => (await import('../handlers/completion.ts')).completion,
  },
  {
    path: ['prompt'],
    heading: 'Around it',
    summary: 'print a script that shows the role in force, and its time left, in the shell’s prompt',
    description:
      'The role is that of AWS_PROFILE or the default profile, where Hallpass owns it, or of the credentials that exec or ' +
      'assume put into the environment. It is followed by the time left, or expired, inactive, or served where exec --serve ' +
      'renews it. Production stands out, also without colour. +AWS_PROFILE behind it means that both are set, and that AWS ' +
      'tools disagree about which counts. The prompt starts no process of Hallpass.',
    arguments: [SHELL],
    examples: [
      {
        run: 'hallpass prompt bash > ~/.hallpass-prompt.bash',
        does: 'Then, last in ~/.bashrc: . ~/.hallpass-prompt.bash',
      },
      { run: 'hallpass prompt zsh > ~/.hallpass-prompt.zsh', does: 'Then, last in ~/.zshrc: . ~/.hallpass-prompt.zsh' },
      { run: 'hallpass prompt fish > ~/.config/fish/conf.d/hallpass.fish', does: 'fish' },
      { run: 'hallpass prompt powershell >> $PROFILE', does: 'PowerShell' },
    ],
    load: async () => (await import('../handlers/prompt.ts')).prompt,
  },
]
