import { routes } from '../../routes'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'

/** The head of every page of an import. */
export const ImportHead = ({ fileName }: { fileName?: string }) => {
  const { t } = useFrame()
  return (
    <header class="page-head">
      <div>
        <nav class="breadcrumb">
          <a href={fileName === undefined ? routes.contacts : routes.newContactImport}>
            <Icon name="chevron-left" />
            {t(fileName === undefined ? 'contacts.title' : 'imports.title')}
          </a>
        </nav>
        <h1 class="break-all">{fileName ?? t('imports.title')}</h1>
      </div>
    </header>
  )
}
