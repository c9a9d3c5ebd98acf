import { routes } from '../../routes'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useMay } from '../ui/may'

export const NewContact = () => {
  const { t } = useFrame()
  if (!useMay('member')) return null
  return (
    <a class="button primary" href={routes.newContact}>
      <Icon name="plus" />
      {t('contacts.new')}
    </a>
  )
}

export const ImportContacts = () => {
  const { t } = useFrame()
  if (!useMay('member')) return null
  return (
    <a class="button" href={routes.newContactImport}>
      <Icon name="upload" />
      {t('contacts.import')}
    </a>
  )
}

export const ExportContacts = ({ archived }: { archived: boolean }) => {
  const { t } = useFrame()
  if (!useMay('member')) return null
  return (
    <a class="button" href={archived ? `${routes.contactExport}?archived=yes` : routes.contactExport} download>
      <Icon name="download" />
      {t('contacts.export')}
    </a>
  )
}
