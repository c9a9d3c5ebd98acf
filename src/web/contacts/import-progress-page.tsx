import type { StoredImport } from '../../db/contact-imports'
import { plural } from '../../i18n'
import { routes } from '../../routes'
import { useFrame } from '../ui/frame'
import { Notice } from '../ui/notice'
import { ImportHead } from './import-head'
import { ImportProblems } from './import-problems'
import type { ImportResultProps } from './import-result-page'

/** Shows the progress of an import. With scripts the page polls; without, it has a link that reloads it. */
export const ImportProgressPage = ({ stored }: { stored: StoredImport }) => {
  const { t } = useFrame()
  const { id, fileName, plan, pieces, nextPiece } = stored
  const all = (plan?.create ?? 0) + (plan?.update ?? 0)
  const done = Math.round((all * nextPiece) / Math.max(pieces, 1))
  const polling = {
    'hx-get': routes.contactImport(id),
    'hx-trigger': 'every 1s',
    'hx-select': '#import',
    'hx-swap': 'outerHTML',
  }
  return (
    <>
      <ImportHead fileName={fileName} />
      <section id="import" class="card stack" aria-live="polite" {...polling}>
        <h2 id="import-progress">{t('imports.applying')}</h2>
        <progress value={done} max={all} aria-labelledby="import-progress" />
        <p class="muted">{t('imports.progress', { done, all })}</p>
        <noscript>
          <a href={routes.contactImport(id)}>{t('imports.look_again')}</a>
        </noscript>
      </section>
    </>
  )
}

export const ImportDonePage = ({ stored, report, from }: ImportResultProps) => {
  const { t, language } = useFrame()
  const { fileName, created, updated, failed, plan } = stored
  const left = (plan?.wrong ?? 0) + failed
  return (
    <>
      <ImportHead fileName={fileName} />
      <section id="import" class="stack">
        <Notice tone={left > 0 ? 'warn' : 'good'}>
          <h2>{t('imports.done')}</h2>
          <ul>
            <li>{plural(language, 'imports.done.created', created)}</li>
            {updated > 0 && <li>{plural(language, 'imports.done.updated', updated)}</li>}
            {left > 0 && <li>{plural(language, 'imports.done.left', left)}</li>}
            {failed > 0 && <li>{plural(language, 'imports.done.failed', failed)}</li>}
          </ul>
          <p class="cluster">
            <a class="button primary" href={routes.contacts}>
              {t('imports.to_contacts')}
            </a>
            <a href={routes.newContactImport}>{t('imports.other_file')}</a>
          </p>
        </Notice>
        {report && report.problems.length > 0 && (
          <ImportProblems stored={stored} problems={report.problems} from={from} />
        )}
      </section>
    </>
  )
}
