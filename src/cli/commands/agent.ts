/** The command that serves live sessions to the others. */
import type { CommandDescriptor } from '../descriptor.ts'

export const AGENT_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['agent'],
    heading: 'Around it',
    summary: 'hold sessions in memory and serve them, until interrupted',
    description:
      'For servers, containers and WSL, where the app does not run: while it is open, the app is the agent. Every hallpass ' +
      'command and profile of this user asks the agent, and works alone where there is none or HALLPASS_NO_AGENT is 1. ' +
      'Sessions stay in its memory; when it ends, they rest sealed.',
    options: [
      { flags: '--status', summary: 'say whether one runs, and what it holds' },
      { flags: '--stop', summary: 'end the one that runs' },
      { flags: '--idle <time>', summary: 'end after this long without a live session, such as 30m; 1h when left out' },
    ],
    json: true,
    examples: [
      { run: 'hallpass agent', does: 'Serve in this terminal' },
      { run: 'hallpass agent --status', does: 'What runs now' },
      { run: 'hallpass agent --stop', does: 'End it; its sessions are kept, sealed' },
    ],
    load: async () => (await import('../handlers/agent.ts')).agent,
  },
]
