import { Injectable } from '@nestjs/common'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** HTTP metrics. */
@Injectable()
export class HttpMetrics {
  readonly requests: Histogram<'method' | 'route' | 'status'>
  readonly problems: Counter<'code'>
  readonly streamClients: Gauge
  readonly streamResyncs: Counter

  constructor(registry: Registry) {
    const registers = [registry]
    this.requests = new Histogram({
      name: 'guardimesh_http_request_duration_seconds',
      help: 'Duration of HTTP requests, by method, route and status',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    })
    this.problems = new Counter({
      name: 'guardimesh_http_problems_total',
      help: 'Rejected and failed requests, by error code',
      labelNames: ['code'],
      registers,
    })
    this.streamClients = new Gauge({ name: 'guardimesh_stream_clients', help: 'Open event streams', registers })
    this.streamResyncs = new Counter({
      name: 'guardimesh_stream_resyncs_total',
      help: 'Resync events, sent to clients that missed events',
      registers,
    })
  }
}
