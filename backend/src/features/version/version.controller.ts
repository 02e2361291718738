import { VersionView } from '@guardimesh/contracts'
import { Controller, Get, SerializeOptions } from '@nestjs/common'
import { Public } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { readVersion } from './read-version.js'

@Controller('api/v1/version')
@Public()
export class VersionController {
  readonly #version = readVersion()

  @Operation({ summary: 'Get the version', description: 'Returns the version of the backend and of the API.' })
  @Get()
  @SerializeOptions({ schema: VersionView })
  read(): VersionView {
    return { version: this.#version, api: 'v1' }
  }
}
