import type { Command } from 'commander'
import { findPlatform, type PlatformFlags, platformOptions } from './platform-options.js'

const NOTE = `
The account must be there already. Its sessions end and its wrong tries are forgotten; the audit log has the change.
The right to run commands in the platform's pods is all it takes, so guard that right like the passwords themselves.`

export function addPasswordCommand(program: Command): void {
  platformOptions(program.command('password').description('give an account of a platform a new password, and print it'))
    .option('--email <address>', 'the account (default: the first administrator)')
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
  process.stdout.write(`E-mail    ${address}\nPassword  ${printed.trim()}\n`)
}
