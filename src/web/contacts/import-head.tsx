import { routes } from '../../routes'
import { Breadcrumb } from '../ui/breadcrumb'
import { useFrame } from '../ui/frame'

/** Shows the heading of each page of an import. */
export const ImportHead = ({ fileName }: { fileName?: string }) => {
  const { t } = useFrame()
  return (
    <header class="page-head">
      <div>
        <Breadcrumb href={fileName === undefined ? routes.contacts : routes.newContactImport}>
          {t(fileName === undefined ? 'contacts.title' : 'imports.title')}
        </Breadcrumb>
        <h1 class="break-all">{fileName ?? t('imports.title')}</h1>
      </div>
    </header>
  )
}
