/** botocore, which confirms from outside what Hallpass says of AWS. */
import { spawnSync } from 'node:child_process'

export const hasBotocore = spawnSync('python3', ['-c', 'import botocore'], { stdio: 'ignore' }).status === 0
