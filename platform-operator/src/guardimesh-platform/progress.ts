import type { PlatformSettings } from '../desired/platform-settings.js'
import type { PlatformBlocked } from './prerequisites.js'
import type { SetUpState } from './set-up-state.js'

/** Result of applying the desired state of a platform. */
export interface Progress {
  readonly isPaused: boolean
  /** What prevented some or all changes. */
  readonly blocked?: PlatformBlocked | undefined
  /** Components for which cert-manager has not issued a certificate yet. */
  readonly missingCertificates: readonly string[]
  readonly setUp: SetUpState
  /** Why the pod of the set-up Job does not start, in the words of Kubernetes. */
  readonly setUpProblem?: string | undefined
  /** Undefined if no workloads were applied. */
  readonly settings?: PlatformSettings
  readonly requeueAfterMs?: number | undefined
}
