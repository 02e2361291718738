import type { ScanSourceName } from '@guardimesh/contracts'

const EXPLANATIONS: Readonly<Record<ScanSourceName, string>> = {
  upperdir:
    'Malware lies in the writable layer of this container, so it came after the container started: it was downloaded, uploaded or written by a process inside. Find out which process wrote it, isolate the pod, and replace it from a clean image.',
  image_layer:
    'Malware is part of the image itself, so every container of this image has it. Stop using the image, find out how it got into the build, and rebuild it.',
  volume:
    'Malware lies on a volume that this pod mounts. It outlives the pod, and other pods that mount the volume can reach it. Find out who writes to the volume before the file is removed.',
  drift:
    'A program runs that is not in the image, or differs from the image: containers should only run what they were built with. Unless somebody installed it on purpose, treat the container as taken over.',
  deleted_binary:
    'A process runs whose executable was removed from disk, a common way to hide malware from scanners. Its content was read from the running process. Keep the process for analysis or stop the pod; do not just restart it.',
  deleted_library:
    'A process has a library in memory whose file was removed from disk. Apart from package upgrades inside a container this is a sign of injected code. Look at the process and replace the pod from a clean image.',
  memfd:
    'A program runs from anonymous memory and was never a file (memfd_create): attackers do this to leave no trace on disk. Few ordinary programs do it. Treat the container as taken over.',
  obfuscation:
    'The file is packed, encrypted or obfuscated in a way that hides what it does. Some installers do that as well, so look at where it came from and which process wrote it.',
  realtime:
    'Malware was found the moment that a process in this container wrote or started the file. The process is probably still there: isolate the pod, then find out how the process got in.',
  on_demand:
    'Malware was found by a scan that a person asked for. It may have been there for long: look at its times, and search other containers for the same content.',
  retro_hunt:
    'A content that was reported before has a hash that was brought in as malware since. The file may be gone, but it was in this container: look at what ran there since then, isolate the pod if it still runs, and search other containers for the same content.',
}

/** As scanners name the file that everybody tests with. */
const TEST_FILE = /eicar/i
const NOTHING_TO_DO =
  'Somebody tried whether detection works, and it does. Nothing has to be done, unless nobody here did so: then find out who writes to this container.'

/** What a detection means and what to do about it, by where it was found. Pure. */
export function explain(source: ScanSourceName, signatureName: string): string {
  return TEST_FILE.test(signatureName) ? NOTHING_TO_DO : EXPLANATIONS[source]
}
