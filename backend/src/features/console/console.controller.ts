// Adds `sendFile` to replies, including its type.
import '@fastify/static'
import { GuardError } from '@guardimesh/kit'
import { Controller, Get, Inject, Req, Res } from '@nestjs/common'
import { ApiExcludeController } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Public } from '../../platform/auth/require-scope.js'
import { consoleFileFor } from './console-file.js'

/** Injection token of the folder of the built console; undefined if none is served. */
export const CONSOLE_FOLDER = Symbol('folder of the console')

/** Serves the files and pages of the console on all paths without another route. */
@Controller()
@Public()
@ApiExcludeController()
export class ConsoleController {
  constructor(@Inject(CONSOLE_FOLDER) private readonly folder: string | undefined) {}

  @Get('*')
  async read(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const acceptsHtml = request.headers.accept?.includes('text/html') ?? false
    const file = this.folder === undefined ? undefined : await consoleFileFor(this.folder, request.url, acceptsHtml)
    if (!file) throw new GuardError('ROUTE_NOT_FOUND', 'path not found')
    // `sendFile` would set its own cache-control.
    void reply.header('cache-control', file.cacheControl).sendFile(file.path, { cacheControl: false })
  }
}
