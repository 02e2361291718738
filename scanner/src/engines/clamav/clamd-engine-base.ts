import type { OpenedFile } from '../../node/file-identity.js'
import type { RemoteEngine, Verdict } from '../engine.js'
import { type ClamdAddress, ClamdControl } from './clamd-control.js'

/** Shared part of the engines that use clamd: the commands that are not about files, and the cached version. */
export abstract class ClamdEngineBase implements RemoteEngine {
  readonly name = 'clamav'
  protected readonly control: ClamdControl
  #version: string | undefined

  constructor(address: ClamdAddress) {
    this.control = new ClamdControl(address)
  }

  abstract scan(file: OpenedFile, signal: AbortSignal): Promise<Verdict>

  /** Discards the cached version, which is queried again at the next finding. Call after a reload. */
  forgetVersion(): void {
    this.#version = undefined
  }

  async ping(timeoutMs: number): Promise<void> {
    await this.control.ping(timeoutMs)
  }

  /** Returns the version of engine and databases, cached until `forgetVersion`. @throws GuardError ENGINE_UNAVAILABLE, ENGINE_TIMEOUT or ENGINE_ERROR. */
  async version(): Promise<string> {
    this.#version ??= await this.control.version()
    return this.#version
  }

  /** Returns "ClamAV" if clamd died after a finding, so that the finding is reported anyway. */
  protected async versionOrName(): Promise<string> {
    try {
      return await this.version()
    } catch {
      return 'ClamAV'
    }
  }
}
