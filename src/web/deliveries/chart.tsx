import { COUNT_KINDS, type CountKind, type DeliveryDay, sumOf } from '../../domain/delivery-days'
import { formatDate } from '../../i18n/format'
import { useFrame } from '../ui/frame'
import { DateText } from '../ui/values'

interface Props {
  days: DeliveryDay[]
  /** ISO date; deliveries made before it are not counted. */
  cutDate: string | undefined
}

const WIDTH = 720
const HEIGHT = 132
const TOP = 14
const GAP = 0.28

/** Shows sent, delivered and failed mails by day: three sums, bars, and a table. */
export const DeliveryChart = ({ days, cutDate }: Props) => {
  const { t, language } = useFrame()
  return (
    <section class="card stack delivery-chart" aria-labelledby="chart-title">
      <h2 id="chart-title">{t('chart.title', { days: days.length })}</h2>
      <dl class="chart-sums">
        {COUNT_KINDS.map((kind) => (
          <div>
            <dt>
              <span class={`swatch bar-${kind}`} aria-hidden="true" />
              {t(`chart.${kind}`)}
            </dt>
            <dd class="numeric">{sumOf(days, kind).toLocaleString(language)}</dd>
          </div>
        ))}
      </dl>
      <Bars days={days} />
      {cutDate && <p class="muted small">{t('chart.cut', { date: formatDate(cutDate, language) })}</p>}
      <details class="small">
        <summary>{t('chart.table')}</summary>
        <Table days={days} />
      </details>
    </section>
  )
}

const Bars = ({ days }: { days: DeliveryDay[] }) => {
  const { t, language } = useFrame()
  const most = Math.max(1, ...days.flatMap((day) => COUNT_KINDS.map((kind) => day[kind])))
  const step = WIDTH / days.length
  const width = (step * (1 - GAP)) / COUNT_KINDS.length
  const bar = (day: DeliveryDay, index: number, kind: CountKind, place: number) => {
    const height = (day[kind] / most) * (HEIGHT - TOP)
    const x = index * step + (step * GAP) / 2 + place * width
    return (
      <rect
        class={`bar-${kind}`}
        x={x.toFixed(1)}
        y={(HEIGHT - height).toFixed(1)}
        width={width.toFixed(1)}
        height={height.toFixed(1)}
      />
    )
  }
  const [first, last] = [days[0]?.date ?? '', days.at(-1)?.date ?? '']
  return (
    <div>
      <svg
        class="bars"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t('chart.label')}
        preserveAspectRatio="none"
      >
        {[TOP, (HEIGHT + TOP) / 2, HEIGHT].map((y) => (
          <line class="grid" x1="0" x2={WIDTH} y1={y} y2={y} />
        ))}
        {days.map((day, index) => COUNT_KINDS.map((kind, place) => day[kind] > 0 && bar(day, index, kind, place)))}
      </svg>
      <p class="axis muted small">
        <DateText date={first} />
        <span class="numeric">{t('chart.most', { n: most.toLocaleString(language) })}</span>
        <DateText date={last} />
      </p>
    </div>
  )
}

/** Shows the days as a table, latest first, without those that have no deliveries. */
const Table = ({ days }: { days: DeliveryDay[] }) => {
  const { t } = useFrame()
  const activeDays = days.filter((day) => COUNT_KINDS.some((kind) => day[kind] > 0)).toReversed()
  return (
    <table class="list">
      <thead>
        <tr>
          <th scope="col">{t('chart.day')}</th>
          {COUNT_KINDS.map((kind) => (
            <th scope="col" class="number">
              {t(`chart.${kind}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {activeDays.map((day) => (
          <tr>
            <th scope="row">
              <DateText date={day.date} />
            </th>
            {COUNT_KINDS.map((kind) => (
              <td class="number">{day[kind]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
