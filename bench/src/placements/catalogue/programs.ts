import type { Gap, Placement } from '../placement.js'
import { executed, STAY_SECONDS, scripted } from './builders.js'

const DRIFT = /Drift/
const MEMORY = /Memfd/
const DELETED = /Deleted/
const unreadGap = (): readonly Gap[] => [{ reason: 'executable_memory', isNew: true }]
const inMemory = (folder: string) => folder.replaceAll('/', '')
const memoryPath = (folder: string) => `/memfd:${inMemory(folder)}`
const DYNAMIC = '/bin/execute-dynamic'
const COPY = 'cp /bin/execute $D/program'
const RUN = `/bin/execute now; ($D/program sleep ${STAY_SECONDS} > /dev/null 2>&1 &)`
const program = { path: (folder: string) => `${folder}/program`, signature: DRIFT }
const library = { path: (folder: string) => `${folder}/library.so`, signature: DRIFT }
const memory = { path: memoryPath, signature: MEMORY }
const stays = ['/bin/execute', 'sleep', STAY_SECONDS]

/** Programs, libraries and scripts that were dropped, changed or deleted, or that have no file. */
export const PROGRAMS: readonly Omit<Placement, 'group'>[] = [
  executed('memfd program that stays', (folder) => ['-b', 'memory', inMemory(folder), ...stays], memory),
  executed('memfd program that ends at once', (folder) => ['memory', inMemory(folder), '/bin/execute', 'sleep', '0'], {
    ...memory,
    gaps: unreadGap,
    in: 'neighbour',
  }),
  executed("memfd program with the name of the runtime's", () => ['memory', 'runc_cloned:/proc/self/exe', '/bin/execute', 'sleep', '1.5'], {
    ...memory,
    path: /^\/memfd:runc_cloned/,
  }),
  executed('library in a memfd', (folder) => ['-b', 'library', inMemory(folder), '/usr/lib/library.so', STAY_SECONDS], memory),
  executed(
    'library in a memfd with wiped magic number',
    (folder) => ['-b', 'library', inMemory(folder), '/usr/lib/library.so', STAY_SECONDS, 'wipe'],
    memory,
  ),
  executed('code in a memfd that is no ELF file', (folder) => ['-b', 'code', inMemory(folder), STAY_SECONDS], memory),
  executed('code in anonymous memory', () => ['-b', 'anonymous', STAY_SECONDS], {
    gaps: () => [{ reason: 'executable_memory', path: '/bin/execute' }],
  }),
  executed('script in a memfd', (folder) => ['-b', 'script', inMemory(folder), 'sleep 3; true'], {
    ...memory,
    gaps: unreadGap,
  }),
  scripted('script from standard input', `/bin/execute now; echo 'sleep 1; true' | sh`, {
    gaps: () => [{ reason: 'executable_memory', path: '/dev/stdin' }],
  }),
  scripted('running program whose file is deleted', `${COPY}; ${RUN}; usleep 500000; rm $D/program`, { ...program, signature: DELETED }),
  scripted('mapped library whose file is deleted', `cp /usr/lib/library.so $D; /bin/execute -b map $D/library.so ${STAY_SECONDS} remove`, {
    ...library,
    signature: DELETED,
  }),
  scripted('dropped library, mapped', `cp /usr/lib/library.so $D; /bin/execute -b map $D/library.so ${STAY_SECONDS}`, library),
  scripted(
    'dropped library in LD_PRELOAD',
    `cp /usr/lib/library.so $D; /bin/execute now; (LD_PRELOAD=$D/library.so /bin/execute-dynamic sleep ${STAY_SECONDS} > /dev/null 2>&1 &)`,
    library,
  ),
  scripted('dropped program, executed', `${COPY}; ${RUN}`, program),
  scripted(
    'dropped program, run by the loader',
    `cp /bin/execute-dynamic $D/program; /bin/execute now; (/lib64/ld-linux-x86-64.so.2 $D/program sleep ${STAY_SECONDS} > /dev/null 2>&1 &)`,
    program,
  ),
  scripted('dropped program, ends and is removed at once', `${COPY}; /bin/execute now; $D/program sleep 0; rm $D/program`, program),
  scripted('dropped program above the size limit', `${COPY}; dd if=/dev/zero bs=1M count=101 2> /dev/null >> $D/program; ${RUN}`, {
    ...program,
    in: 'heavy',
  }),
  executed(
    'program written through a mapping after close',
    (folder) => ['-b', 'through-mapping', `${folder}/program`, '/bin/execute', STAY_SECONDS],
    program,
  ),
  scripted(
    'program of the image, overwritten',
    `cat /bin/execute > ${DYNAMIC}; /bin/execute now; (${DYNAMIC} sleep ${STAY_SECONDS} > /dev/null 2>&1 &)`,
    {
      path: DYNAMIC,
      signature: DRIFT,
      in: 'privileged',
    },
  ),
  scripted(
    'dropped script, executed',
    `printf '#!/bin/sh\\nsleep 2\\n' > $D/program; chmod +x $D/program; /bin/execute now; $D/program`,
    program,
  ),
  scripted('dropped script, run by sh', `echo 'sleep 2; true' > $D/program; /bin/execute now; sh $D/program`, program),
  scripted('program from an emptyDir', inPlace('/volumes/empty-dir'), { ...program, path: /^\/volumes\/empty-dir\/program/ }),
  scripted('program from memory', inPlace('/dev'), { ...program, path: /^\/dev\/program/ }),
  executed(
    'program on a tmpfs in a user and mount namespace',
    (folder) => ['-b', 'namespace', `${folder}/own`, '/bin/execute', STAY_SECONDS],
    {
      path: (folder) => `${folder}/own/program`,
      signature: DRIFT,
      gaps: (folder) => [{ reason: 'mount_not_watched', path: `${folder}/own` }],
    },
  ),
  scripted('symbolic link to a program of the image, executed', 'ln -s /bin/execute $D/program; $D/program now', {
    path: (folder) => `${folder}/program`,
    isHarmless: true,
  }),
]

function inPlace(place: string): string {
  return `cp /bin/execute ${place}/program-drop; /bin/execute now; (${place}/program-drop sleep ${STAY_SECONDS} > /dev/null 2>&1 &)`
}
