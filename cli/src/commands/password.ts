import type { Command } from 'commander'
import { printLines } from '../terminal/output.js'
import { findPlatform, type PlatformFlags, platformOptions } from './platform-options.js'

const NOTE = `
The account must exist. Its sessions end and its failed logins are reset; the audit log records the change.
The permission to execute commands in the platform's pods is sufficient, so restrict that permission like the passwords themselves.`

export function addPasswordCommand(program: Command): void {
  platformOptions(program.command('password').description('set a new password for an account of a platform, and print it'))
    .option('--email <address>', 'e-mail address of the account (default: the first administrator)')
    .action(password)
    .addHelpText('after', NOTE)
}

async function password({ email, ...flags }: PlatformFlags & { readonly email?: string }): Promise<void> {
  const platform = await findPlatform(flags)
  const { execInPod } = await import('../kube/pod-exec.js')
  const address = email ?? platform.administratorEmail
  const printed = await execInPod(platform.client, {
    namespace: platform.namespace,
    pod: await platform.readyPod('backend'),
    container: 'backend',
    command: ['/usr/bin/node', '/app/backend/dist/set-password.js', `--email=${address}`],
  })
  printLines([`E-mail    ${address}`, `Password  ${printed.trim()}`])
}
