import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { formatExact, type TimeZone, useTimeZone } from '../../ui/time-zone.js'
import { type Bucket, type BucketRange, rangeBetween, STACK_ORDER } from './bucket-range.js'
import classes from './dashboard.module.css'

interface FindingsPlotProps {
  buckets: readonly Bucket[]
  selected: BucketRange | undefined
  /** The user dragged over buckets, or clicked one. */
  onBrush: (range: BucketRange) => void
}

const HEIGHT_PX = 220
const BAR_SHARE = 0.8
const BAR_MAX_PX = 60

/** Stacked bars by severity. Only for the eye: `FindingsChart` has the same data as text, and the keyboard. */
export function FindingsPlot({ buckets, selected, onBrush }: FindingsPlotProps) {
  const frame = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(null)
  const scheme = useComputedColorScheme()
  const zone = useTimeZone()
  const latest = useRef(onBrush)
  latest.current = onBrush
  useEffect(() => {
    const element = frame.current
    if (!element) return undefined
    const widthOf = () => element.clientWidth
    const created = new uPlot(
      optionsOf(buckets, widthOf(), zone, scheme, (range) => latest.current(range)),
      dataOf(buckets),
      element,
    )
    plot.current = created
    const observer = new ResizeObserver(() => created.setSize({ width: widthOf(), height: HEIGHT_PX }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      created.destroy()
    }
    // The colours of a canvas do not change with the color scheme.
  }, [buckets, zone, scheme])
  useEffect(() => {
    if (plot.current) showSelection(plot.current, selected)
  }, [selected])
  return <div ref={frame} className={classes.plot} aria-hidden />
}

/** Heights of the stack up to each severity; the highest first, because later bars are drawn over earlier ones. */
function dataOf(buckets: readonly Bucket[]): uPlot.AlignedData {
  const heights = STACK_ORDER.map((_, top) =>
    buckets.map(({ bySeverity }) => STACK_ORDER.slice(0, top + 1).reduce((sum, severity) => sum + bySeverity[severity], 0)),
  )
  return [buckets.map((_, at) => at), ...heights.toReversed()]
}

function optionsOf(
  buckets: readonly Bucket[],
  width: number,
  zone: TimeZone,
  scheme: 'light' | 'dark',
  onBrush: (range: BucketRange) => void,
): uPlot.Options {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string) => style.getPropertyValue(`--gm-${name}`).trim()
  const paths = uPlot.paths.bars?.({ size: [BAR_SHARE, BAR_MAX_PX] })
  const axis = { stroke: colour('text-faint'), grid: { stroke: colour('line-faint'), width: 1 }, ticks: { stroke: colour('line') } }
  return {
    class: scheme,
    width,
    height: HEIGHT_PX,
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
    scales: { x: { time: false, range: [-0.5, buckets.length - 0.5] }, y: { range: (_, _min, max) => [0, Math.max(max, 4)] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        values: (_, at) => at.map((index) => labelOf(buckets, index, zone)),
        space: 70,
        size: 32,
        incrs: [1, 2, 3, 4, 6, 12],
      },
      { ...axis, size: 52, values: (_, counts) => counts.map((count) => (Number.isInteger(count) ? String(count) : '')) },
    ],
    series: [
      {},
      ...STACK_ORDER.toReversed().map((severity) => ({
        fill: colour(`chart-${severity}`),
        stroke: colour('surface'),
        width: 1,
        points: { show: false },
        ...(paths ? { paths } : {}),
      })),
    ],
    hooks: {
      setSelect: [
        (plot) => {
          const bucketAt = (px: number) => Math.round(plot.posToVal(px, 'x'))
          onBrush(rangeBetween(bucketAt(plot.select.left), bucketAt(plot.select.left + plot.select.width), buckets.length))
        },
      ],
      ready: [
        (plot) =>
          plot.over.addEventListener('click', () => {
            const at = plot.cursor.idx
            if (typeof at === 'number' && plot.select.width === 0) onBrush({ from: at, to: at })
          }),
      ],
    },
  }
}

/** The hour of hourly bars, otherwise month and day. */
function labelOf(buckets: readonly Bucket[], index: number, zone: TimeZone): string {
  const bucket = buckets[index]
  if (!bucket) return ''
  const exact = formatExact(bucket.since, zone)
  const [first, second] = buckets
  const isHourly = first !== undefined && second !== undefined && Date.parse(second.since) - Date.parse(first.since) === 3_600_000
  return isHourly ? exact.slice(11, 16) : exact.slice(5, 10)
}

/** Marks buckets without reporting a new selection. */
function showSelection(plot: uPlot, range: BucketRange | undefined): void {
  const left = range ? plot.valToPos(range.from - 0.5, 'x') : 0
  const right = range ? plot.valToPos(range.to + 0.5, 'x') : 0
  plot.setSelect({ left, width: right - left, top: 0, height: plot.over.clientHeight }, false)
}
