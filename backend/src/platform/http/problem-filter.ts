import { PROBLEM_MEDIA_TYPE, type Problem } from '@guardimesh/contracts'
import { type GuardError, type Logger, toProblem } from '@guardimesh/kit'
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { DeniedRequests } from '../audit/denied-requests.js'
import { InjectLogger } from '../log/logger-token.js'
import { HttpMetrics } from '../metrics/http-metrics.js'
import { asGuardError } from './known-errors.js'

/** Retry delay for errors without one. */
const DEFAULT_RETRY_AFTER_SECONDS = 2

/** Converts errors to problem documents (RFC 9457). The only place that maps errors to HTTP. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @InjectLogger() private readonly log: Logger,
    private readonly metrics: HttpMetrics,
    private readonly denied: DeniedRequests,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp()
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>())
  }

  /** Sends the problem document of an error. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const known = asGuardError(error)
    const problem = toProblem(known ?? error, request.id)
    this.metrics.problems.inc({ code: problem.code })
    const facts = { requestId: request.id, code: problem.code, ...known?.facts }
    if (problem.status >= 500) this.log.error({ ...facts, error }, 'request failed')
    else this.log.debug({ ...facts, detail: problem.detail }, 'request rejected')
    this.denied.note(request, problem)
    if (reply.sent) return
    void reply.status(problem.status).headers(headersOf(problem, known)).type(PROBLEM_MEDIA_TYPE).send(JSON.stringify(problem))
  }
}

/** Returns Retry-After for 429 and 503, WWW-Authenticate for 401, and disables caching of errors regardless of the route. */
function headersOf(problem: Problem, error: GuardError | undefined): Record<string, string> {
  const headers: Record<string, string> = { 'cache-control': 'no-store' }
  if (problem.status === 401) headers['www-authenticate'] = 'Bearer realm="guardimesh"'
  if (error?.isRetryable && (problem.status === 429 || problem.status === 503)) headers['retry-after'] = String(retryAfterSeconds(error))
  return headers
}

function retryAfterSeconds(error: GuardError): number {
  const seconds = error.facts.retryAfterSeconds
  return typeof seconds === 'number' ? Math.max(1, Math.ceil(seconds)) : DEFAULT_RETRY_AFTER_SECONDS
}
