// Adds `sendFile` to replies, for the compiler too.
import '@fastify/static'
import { GuardError } from '@guardimesh/kit'
import { Controller, Get, Inject, Req, Res } from '@nestjs/common'
import { ApiExcludeController } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Public } from '../../platform/auth/require-scope.js'
import { consoleFileFor } from './console-file.js'

/** Token of the folder of the built console; the value is undefined when none is served. */
export const CONSOLE_FOLDER = Symbol('folder of the console')

/** Everything that no other route takes: the console's files and pages. */
@Controller()
@Public()
@ApiExcludeController()
export class ConsoleController {
  constructor(@Inject(CONSOLE_FOLDER) private readonly folder: string | undefined) {}

  @Get('*')
  async read(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const acceptsHtml = request.headers.accept?.includes('text/html') ?? false
    const file = this.folder === undefined ? undefined : await consoleFileFor(this.folder, request.url, acceptsHtml)
    if (!file) throw new GuardError('ROUTE_NOT_FOUND', 'there is nothing at this address')
    // `sendFile` would write a cache-control of its own.
    void reply.header('cache-control', file.cacheControl).sendFile(file.path, { cacheControl: false })
  }
}
