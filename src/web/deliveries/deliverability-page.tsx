import type { Child } from 'hono/jsx'
import type { Authentication } from '../../commands/providers/find-authentication'
import type { MailRates } from '../../db/deliverability'
import { MIN_MAILS } from '../../domain/reputation'
import type { RecordState } from '../../domain/sender-records'
import type { Key } from '../../i18n'
import { formatPercent } from '../../i18n/format'
import { routes } from '../../routes'
import { Badge, type Tone } from '../ui/badge'
import { DeliveriesHead } from '../ui/deliveries-head'
import { useFrame } from '../ui/frame'
import type { IconName } from '../ui/icon-names'
import { RecordStateBadge } from '../ui/record-state'

interface Props {
  authentication: Authentication
  rates: MailRates
}

/** Shows what decides whether an account's mails are accepted: who sends, what receivers can verify, and what became of the latest mails. */
export const DeliverabilityPage = ({ authentication, rates }: Props) => {
  const { t } = useFrame()
  return (
    <>
      <DeliveriesHead />
      <div class="stack">
        <p class="muted">{t('deliverability.text')}</p>
        <Sender authentication={authentication} />
        <Records authentication={authentication} />
        <section class="card stack" aria-labelledby="rates">
          <h2 id="rates">{t('deliverability.rates')}</h2>
          {rates.left === 0 ? <p class="muted">{t('deliverability.none')}</p> : <Rates rates={rates} />}
        </section>
      </div>
    </>
  )
}

const Sender = ({ authentication: { by, kind, from } }: Pick<Props, 'authentication'>) => {
  const { t } = useFrame()
  return (
    <section class="card stack" aria-labelledby="sender">
      <h2 id="sender">{t('deliverability.sender')}</h2>
      <dl class="facts">
        <dt>{t('settings.provider')}</dt>
        <dd>{by === 'account' ? t(`provider.kind.${kind}`) : t('deliverability.deployment')}</dd>
        <dt>{t('mail_header.from')}</dt>
        <dd class="break-all">{from}</dd>
      </dl>
      <p class="cluster small">
        <a href={routes.providers}>{t('settings.provider')}</a>
        <a href={routes.senderSettings}>{t('settings.sender')}</a>
      </p>
    </section>
  )
}

const Records = ({ authentication: { by, spf, dkim, dmarc } }: Pick<Props, 'authentication'>) => {
  const { t } = useFrame()
  const unknown = t(by === 'account' ? 'deliverability.dkim.provider' : 'deliverability.dkim.deployment')
  return (
    <section class="card stack" aria-labelledby="records">
      <h2 id="records">{t('deliverability.records')}</h2>
      <dl class="facts">
        <Proof name="SPF" state={spf} text={t(spf ? 'deliverability.spf.text' : 'deliverability.spf.provider')} />
        <Proof name="DKIM" state={dkim} text={dkim ? t('deliverability.dkim.text') : unknown} />
        <Proof name="DMARC" state={dmarc} text={t('deliverability.dmarc.text')} />
      </dl>
    </section>
  )
}

const Proof = ({ name, state, text }: { name: string; state: RecordState | undefined; text: string }) => (
  <>
    <dt>{name}</dt>
    <dd>
      {state && <RecordStateBadge state={state} />} <span class="muted small">{text}</span>
    </dd>
  </>
)

/** In percent: Gmail and Yahoo ask for less than 0.1 and refuse from 0.3 on; more than 5 of bounces make providers act. */
const LIMITS = { complaints: { good: 0.1, most: 0.3 }, bounces: { good: 2, most: 5 } }

const Rates = ({ rates }: Pick<Props, 'rates'>) =>
  rates.left < MIN_MAILS ? <Counts rates={rates} /> : <Judged rates={rates} />

/** Shows few mails as counts: a single bounce among twenty says nothing. */
const Counts = ({ rates: { left, delivered, bounced, complained } }: Pick<Props, 'rates'>) => {
  const { t } = useFrame()
  return (
    <>
      <dl class="facts">
        <Figure label="deliverability.left" value={String(left)} />
        <Figure label="deliverability.delivered" value={String(delivered)} />
        <Figure label="deliverability.bounced" value={String(bounced)} />
        <Figure label="deliverability.complained" value={String(complained)} />
      </dl>
      <p class="muted">{t('deliverability.few', { count: MIN_MAILS })}</p>
    </>
  )
}

const Judged = ({ rates: { left, delivered, bounced, complained } }: Pick<Props, 'rates'>) => {
  const { t, language } = useFrame()
  const percent = (part: number) => (part / left) * 100
  const shown = (value: number) => formatPercent(value.toFixed(value < 1 ? 2 : 1), language)
  return (
    <dl class="facts">
      <Figure label="deliverability.left" value={new Intl.NumberFormat(language).format(left)} />
      <Figure label="deliverability.delivered" value={shown(percent(delivered))} />
      <Figure label="deliverability.bounced" value={shown(percent(bounced))}>
        <Verdict percent={percent(bounced)} {...LIMITS.bounces} />
        <span class="muted small">{t('deliverability.bounced.limit', { limit: shown(LIMITS.bounces.most) })}</span>
      </Figure>
      <Figure label="deliverability.complained" value={shown(percent(complained))}>
        <Verdict percent={percent(complained)} {...LIMITS.complaints} />
        <span class="muted small">
          {t('deliverability.complained.limit', {
            good: shown(LIMITS.complaints.good),
            most: shown(LIMITS.complaints.most),
          })}
        </span>
      </Figure>
    </dl>
  )
}

const Figure = ({ label, value, children }: { label: Key; value: string; children?: Child }) => {
  const { t } = useFrame()
  return (
    <>
      <dt>{t(label)}</dt>
      <dd class="cluster">
        <strong>{value}</strong>
        {children}
      </dd>
    </>
  )
}

const VERDICTS: Record<'good' | 'high' | 'too_high', { tone: Tone; icon: IconName }> = {
  good: { tone: 'good', icon: 'circle-check' },
  high: { tone: 'warn', icon: 'triangle-alert' },
  too_high: { tone: 'bad', icon: 'circle-alert' },
}

/** Says how a rate compares with the limits, all in percent. */
const Verdict = ({ percent, good, most }: { percent: number; good: number; most: number }) => {
  const { t } = useFrame()
  const verdict = percent < good ? 'good' : percent < most ? 'high' : 'too_high'
  return <Badge {...VERDICTS[verdict]}>{t(`deliverability.verdict.${verdict}`)}</Badge>
}
