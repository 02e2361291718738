import { NODE_CONTAINERS, USER_IDS } from '@guardimesh/contracts'
import { SECCOMP_PROFILES } from '@guardimesh/kit/seccomp/seccomp-profiles'
import { describe, expect, test } from 'vitest'
import { HELPER_IMAGE } from '../../../src/cluster/cluster.js'
import { NAMESPACE } from '../../../src/cluster/platform.js'
import { waitFor } from '../../../src/wait-for.js'
import { APPEARS_TIMEOUT_MS, type Installation } from '../installation.js'

type Parser = (typeof NODE_CONTAINERS)['engines'][number]

/** Files that each parser must be able to change, as a check of the attack itself; all others must be closed. */
const OWN_FOLDERS: Readonly<Record<Parser, readonly string[]>> = {
  antivirus: ['/run/guardimesh/antivirus', '/tmp'],
  'obfuscation-scanner': ['/run/guardimesh/obfuscation-scanner', '/tmp'],
  puller: ['/run/guardimesh/clamd-config', '/run/guardimesh/puller', '/signatures', '/tmp'],
}
const FOLDERS = [
  ...['scanner', 'inspector', 'antivirus', 'obfuscation-scanner', 'puller', 'clamd-config'].map((name) => `/run/guardimesh/${name}`),
  ...['/signatures', '/tmp', '/state', '/host', '/etc', '/var/run/secrets/kubernetes.io/serviceaccount'],
]

/** Runs as a parser next to it, in its process id namespace, and prints what a memory error in it would reach. Process 1 is the parser. */
const ATTACK = `
b=/bin/busybox
r=/proc/1/root
for status in /proc/[0-9]*/status; do
  [ -e $status ] && echo "process $($b awk '/^Uid/ { print $2 }' $status)"
done
for root in /proc/[0-9]*/root; do
  [ -e $root/var/run/secrets/kubernetes.io/serviceaccount/token ] && echo "token below $root"
  [ -e $root/host ] && echo "node below $root"
done
for folder in ${FOLDERS.join(' ')}; do
  $b touch $r$folder/intruder 2>/dev/null && echo "writable $folder" && $b rm $r$folder/intruder
done
for socket in $($b find $r/run/guardimesh -type s 2>/dev/null); do
  $b mv $socket $socket.moved 2>/dev/null && $b mv $socket.moved $socket && echo "replaceable \${socket#$r}"
done
for status in self 1; do
  echo "seccomp of $status $($b awk '/^Seccomp:/ { print $2 }' /proc/$status/status)"
done
$b unshare -U true 2>&1
$b mount -t tmpfs none /tmp 2>&1
$b nc -w 2 127.0.0.1 1 2>&1
echo end`

/** What the seccomp profiles leave of the attack. Only the puller has connections; nothing listens on the port. */
const REFUSED = [
  'seccomp of self 2',
  'seccomp of 1 2',
  'unshare: unshare(0x10000000): Operation not permitted',
  'mount: permission denied (are you root?)',
]
const CONNECTION: Readonly<Record<Parser, string>> = {
  antivirus: 'nc: socket: Operation not permitted',
  'obfuscation-scanner': "nc: can't connect to remote host (127.0.0.1): Operation not permitted",
  puller: "nc: can't connect to remote host (127.0.0.1): Connection refused",
}

const profileOf = (parser: Parser) => ({ type: 'Localhost', localhostProfile: SECCOMP_PROFILES[parser].localhostProfile })

/** A parser that an attacker took over reaches nothing but its own container. */
export function isolation(get: () => Installation): void {
  const kubectl = (...args: string[]) => get().cluster.kubectl(['-n', NAMESPACE, ...args])
  const firstPod = async (component: string) =>
    (
      await kubectl('get', 'pods', '-l', `app.kubernetes.io/name=guardimesh-${component}`, '-o', 'jsonpath={.items[0].metadata.name}')
    ).trim()
  const evaluate = async (container: 'scanner' | 'inspector', script: string) =>
    (await kubectl('exec', await firstPod('scanner'), '-c', `guardimesh-${container}`, '--', '/usr/bin/node', '-p', script)).trim()

  /** @returns the lines that the attack printed. */
  async function attackAs(parser: Parser): Promise<string[]> {
    const [pod, name, userId] = [await firstPod('engines'), `attack-${parser}`, USER_IDS[parser]]
    const ephemeral = {
      ...{ name, image: HELPER_IMAGE, targetContainerName: `guardimesh-${parser}`, imagePullPolicy: 'Never' },
      command: ['/bin/busybox', 'sh', '-c', ATTACK],
      securityContext: {
        ...{ runAsUser: userId, runAsGroup: userId, runAsNonRoot: true, allowPrivilegeEscalation: false },
        capabilities: { drop: ['ALL'] },
        seccompProfile: profileOf(parser),
      },
    }
    const patch = { spec: { ephemeralContainers: [ephemeral] } }
    await kubectl('patch', 'pod', pod, '--subresource=ephemeralcontainers', '--type=strategic', '-p', JSON.stringify(patch))
    let lines: string[] = []
    await waitFor(async () => {
      lines = (await kubectl('logs', pod, '-c', name)).trim().split('\n')
      expect(lines.at(-1)).toBe('end')
    }, APPEARS_TIMEOUT_MS)
    return lines.slice(0, -1)
  }

  describe('isolation of the parsers', () => {
    test.each(NODE_CONTAINERS.engines)('the user of %s reaches no process, token, socket or folder but its own', async (parser) => {
      const lines = new Set(await attackAs(parser))
      const own = OWN_FOLDERS[parser].map((folder) => `writable ${folder}`)
      for (const line of [...REFUSED, CONNECTION[parser]]) expect(lines.delete(line), `${line}: ${[...lines].join('\n')}`).toBe(true)
      const sockets = [...lines].filter((line) => line.startsWith('replaceable '))
      expect([...lines].filter((line) => !sockets.includes(line)).sort()).toEqual([`process ${USER_IDS[parser]}`, ...own].sort())
      for (const socket of sockets) expect(socket).toMatch(`replaceable /run/guardimesh/${parser}/`)
    })

    test('runs every parser with its own seccomp profile', async () => {
      const pods = JSON.parse(await kubectl('get', 'pods', '-l', 'app.kubernetes.io/name=guardimesh-engines', '-o', 'json'))
      for (const { spec } of pods.items)
        for (const { name, securityContext } of spec.containers)
          expect(securityContext.seccompProfile, name).toEqual(profileOf(name.replace('guardimesh-', '')))
    })

    test.each(['scanner', 'inspector'] as const)('%s has limited itself to the system calls of its seccomp profile', async (name) => {
      const script = `
        const pids = fs.readdirSync('/proc').filter((pid) => /^[0-9]+$/.test(pid))
        const read = (pid, file) => { try { return fs.readFileSync('/proc/' + pid + '/' + file, 'latin1') } catch { return '' } }
        const own = pids.filter((pid) => /processes.${name}.main[.]js.confined/.test(read(pid, 'cmdline')))
        own.map((pid) => read(pid, 'status').match(/^(NoNewPrivs|Seccomp):.*/gm).join(' ').replaceAll('\\t', ''))[0]`
      expect(await evaluate(name, script)).toBe('NoNewPrivs:1 Seccomp:2')
    })

    test('only the scanner process has a token, and only root enters the folders of scanner and inspector', async () => {
      const token = "fs.existsSync('/var/run/secrets/kubernetes.io/serviceaccount/token')"
      expect([await evaluate('scanner', token), await evaluate('inspector', token)]).toEqual(['true', 'false'])
      for (const name of ['scanner', 'inspector'] as const) {
        const mode = `(fs.statSync('/run/guardimesh/${name}').mode & 0o777).toString(8)`
        expect(await evaluate(name, mode)).toBe('700')
      }
    })

    test('the scanner does not take its own container for an attack', async () => {
      const logs = await kubectl('logs', '-l', 'app.kubernetes.io/name=guardimesh-scanner', '-c', 'guardimesh-scanner', '--tail=-1')
      expect(logs.split('\n').filter((line) => line.includes('is in the mount namespace of the node'))).toEqual([])
    })

    test('the nodes have the condition of a passed self-test', async () => {
      const path = '{range .items[*]}{.status.conditions[?(@.type=="MalwareDetectionImpaired")].reason}{"\\n"}{end}'
      await waitFor(async () => {
        expect(await kubectl('get', 'nodes', '-o', `jsonpath=${path}`)).toBe('SelfTestPassed\nSelfTestPassed\n')
      }, APPEARS_TIMEOUT_MS)
    })

    test('a service account of another component cannot list pods', async () => {
      const as = (account: string) =>
        kubectl('auth', 'can-i', 'list', 'pods', '--all-namespaces', `--as=system:serviceaccount:${NAMESPACE}:guardimesh-${account}`).catch(
          () => 'no',
        )
      expect((await as('scanner')).trim()).toBe('yes')
      for (const account of ['engines', 'backend', 'console', 'postgres']) expect((await as(account)).trim()).toMatch(/^no/)
    })
  })
}
