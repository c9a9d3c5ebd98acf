import type { SenderDomain, SenderKey } from '../../db/sender-domains'
import { type CheckedRecord, DMARC_TEXT, dkimName, dkimText, spfText } from '../../domain/sender-records'
import { routes } from '../../routes'
import { CopyButton } from '../ui/copy-button'
import { useFrame } from '../ui/frame'
import { useMay } from '../ui/may'
import { RecordStateBadge } from '../ui/record-state'

interface Props {
  sender: SenderDomain
  keys: SenderKey[]
  include: string | undefined
  /** Mails that can't be delivered come back to the deployment. */
  hearsBounces: boolean
}

/** Lists the DNS records of a sender domain: what to create, and what was found. */
export const SenderRecords = ({ sender, keys, include, hearsBounces }: Props) => {
  const { t } = useFrame()
  const { domain, records } = sender
  const checked = (kind: CheckedRecord['kind']) => records.find((record) => record.kind === kind)
  const [spf, dmarc] = [checked('spf'), checked('dmarc')]
  return (
    <ul class="plain-list rows dns-records">
      {keys.map((key) => {
        const name = dkimName(key.selector, domain)
        const record = records.find((one) => one.kind === 'dkim' && one.name === name)
        return (
          <DnsRecord
            title="DKIM"
            text={t(keyRole(key, sender, keys))}
            {...{ name, wanted: dkimText(key.publicKey), record }}
          >
            {keys.length > 1 && key.selector !== usedSelector(sender) && <KeyRemoval selector={key.selector} />}
          </DnsRecord>
        )
      })}
      {include !== undefined && (
        <DnsRecord
          title="SPF"
          text={t('sender.spf.text')}
          {...{ name: domain, wanted: spfText(spf ?? { seen: '' }, include), record: spf }}
        />
      )}
      <DnsRecord
        title="DMARC"
        text={t('sender.dmarc.text')}
        name={dmarc?.state === 'found' ? dmarc.name : `_dmarc.${domain}`}
        wanted={dmarc?.state === 'found' ? dmarc.seen : DMARC_TEXT}
        record={dmarc}
      />
      <li class="stack tight">
        <h3>{t('sender.return_path')}</h3>
        <p class="muted small">{t(hearsBounces ? 'sender.return_path.text' : 'sender.return_path.unread')}</p>
      </li>
    </ul>
  )
}

const usedSelector = ({ selector, verifiedAt }: SenderDomain): string | null => (verifiedAt === null ? null : selector)

/** What a key is for: it signs, it will once its record is found, or it has signed before. */
function keyRole({ selector }: SenderKey, sender: SenderDomain, [newest]: SenderKey[]) {
  const used = usedSelector(sender)
  if (used === null) return 'sender.dkim.text'
  if (used === selector) return 'sender.dkim.signs'
  return selector === newest?.selector ? 'sender.dkim.next' : 'sender.dkim.old'
}

interface RecordProps {
  title: string
  text: string
  name: string
  wanted: string
  record: CheckedRecord | undefined
  children?: unknown
}

const DnsRecord = ({ title, text, name, wanted, record, children }: RecordProps) => {
  const { t } = useFrame()
  const isWrong = record?.state === 'wrong'
  return (
    <li class="stack tight">
      <div class="cluster">
        <h3>{title}</h3>
        <RecordStateBadge state={record?.state} />
      </div>
      <p class="muted small">{text}</p>
      <Value id={`name-${name}-${title}`} label={t('sender.record.name', { title })} text={name} />
      <Value id={`value-${name}-${title}`} label={t('sender.record.value', { title })} text={wanted} />
      {isWrong && (
        <p class="small">
          {t('sender.record.seen')} <code class="break-all">{record.seen}</code>
        </p>
      )}
      {children}
    </li>
  )
}

const Value = ({ id, label, text }: { id: string; label: string; text: string }) => (
  <div class="field">
    <label for={id}>{label}</label>
    <div class="copy-line">
      <input id={id} value={text} readonly spellcheck={false} />
      <CopyButton text={text} label={label} />
    </div>
  </div>
)

const KeyRemoval = ({ selector }: { selector: string }) => {
  const { t } = useFrame()
  if (!useMay('admin')) return null
  return (
    <form method="post" action={routes.senderKeyRemoval(selector)}>
      <button type="submit" class="small">
        {t('sender.key.remove')}
      </button>
    </form>
  )
}
