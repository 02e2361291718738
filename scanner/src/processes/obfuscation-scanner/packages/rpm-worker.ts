import { serveTasks, WORKER_DESCRIPTOR } from '../../../engines/process-worker.js'
import { preferOomKill } from '../prefer-oom-kill.js'
import { findPackages } from './find-packages.js'
import type { RpmFile } from './rpm-header.js'

/** Paths as latin1 that are searched in the database. */
export interface RpmTask {
  readonly paths: readonly string[]
  readonly copyFile: string
}

preferOomKill()
serveTasks(
  () =>
    ({ paths, copyFile }: RpmTask): readonly RpmFile[] =>
      findPackages(WORKER_DESCRIPTOR, paths, copyFile),
)
