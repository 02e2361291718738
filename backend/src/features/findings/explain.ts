import type { ScanSourceName } from '@guardimesh/contracts'

const EXPLANATIONS: Readonly<Record<ScanSourceName, string>> = {
  upperdir:
    'Malware was found in the writable layer of this container, so it was downloaded, uploaded or written by a process after the container started. Find out which process wrote it, isolate the pod, and replace it from a clean image.',
  image_layer:
    'Malware is part of the container image, so every container of this image contains it. Stop using the image, find out how the malware got into the build, and rebuild the image.',
  volume:
    'Malware was found on a volume that this pod mounts. It persists after the pod is deleted, and other pods that mount the volume can access it. Find out what writes to the volume before you remove the file.',
  drift:
    'A program is running that is not part of the container image, or differs from it. Containers should run only the programs of their image. Unless it was installed on purpose, treat the container as compromised.',
  deleted_binary:
    'A process is running from a deleted executable, a common way to hide malware from scanners. Its content was read from the running process. Preserve the process for analysis or stop the pod; a restart alone is not enough.',
  deleted_library:
    'A process has loaded a library whose file was deleted. Except after a package upgrade inside the container, this indicates injected code. Inspect the process and replace the pod from a clean image.',
  memfd:
    'A program is running from anonymous memory (memfd_create) and was never stored as a file. Attackers do this to leave no trace on disk; few legitimate programs do. Treat the container as compromised.',
  obfuscation:
    'The file is packed, encrypted or obfuscated in a way that hides its behaviour. Some installers do this as well: check the origin of the file and the process that wrote it.',
  realtime:
    'Malware was detected when a process in this container wrote or executed the file. The process is probably still running: isolate the pod, then find out how the process got in.',
  on_demand:
    'Malware was found by a requested scan. It may have been there for a long time: check its timestamps, and search other containers for the same content.',
  retro_hunt:
    'A file seen earlier matches a hash that has since been added as malware. The file may be gone, but it was in this container: check what has run there since, isolate the pod if it is still running, and search other containers for the same content.',
}

const EICAR_NAME = /eicar/i
const EICAR_EXPLANATION =
  'This is the EICAR test file: detection works. No action is needed. If no test was run, check who can write to this container.'

/** Explains a detection and what to do, by its source. Pure. */
export function explain(source: ScanSourceName, signatureName: string): string {
  return EICAR_NAME.test(signatureName) ? EICAR_EXPLANATION : EXPLANATIONS[source]
}
