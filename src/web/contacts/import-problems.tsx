import type { StoredImport } from '../../db/contact-imports'
import type { ImportProblem } from '../../domain/contact-import'
import { routes } from '../../routes'
import { useFrame } from '../ui/frame'
import { Pages } from '../ui/pages'
import { refusalText } from '../ui/refusal-text'
import { CONTACT_LABELS } from './contact-labels'

const PROBLEMS_A_PAGE = 100

interface Props {
  stored: StoredImport
  problems: ImportProblem[]
  from: number
}

/** Lists the problems of an import by line and field. */
export const ImportProblems = ({ stored, problems, from }: Props) => {
  const { t } = useFrame()
  const next = from + PROBLEMS_A_PAGE
  return (
    <section class="stack tight" aria-labelledby="import-problems">
      <h2 id="import-problems">{t('imports.problems')}</h2>
      <div class="card flush">
        <table class="list import-problems">
          <thead>
            <tr>
              <th scope="col" class="amount">
                {t('imports.line')}
              </th>
              <th scope="col">{t('imports.field')}</th>
              <th scope="col">{t('imports.problem')}</th>
            </tr>
          </thead>
          <tbody>
            {problems.slice(from, from + PROBLEMS_A_PAGE).map(({ line, field, reason, details }) => (
              <tr>
                <th scope="row" class="amount">
                  {line}
                </th>
                <td>{field ? t(CONTACT_LABELS[field]) : t('imports.field.line')}</td>
                <td class="break-all">{refusalText(t, { ok: false, reason, ...(details && { details }) })}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <Pages
          first={from > 0 ? routes.contactImport(stored.id) : undefined}
          next={next < problems.length ? `${routes.contactImport(stored.id)}?from=${next}` : undefined}
        />
      </div>
    </section>
  )
}
