import type { ImportReport } from '../../commands/contacts/import-files'
import type { StoredImport } from '../../db/contact-imports'
import type { ImportPlan } from '../../domain/contact-import'
import { plural } from '../../i18n'
import { countryName } from '../../i18n/format'
import { routes } from '../../routes'
import { Badge } from '../ui/badge'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { Notice } from '../ui/notice'
import { ImportHead } from './import-head'
import { ImportProblems } from './import-problems'

export interface ImportResultProps {
  stored: StoredImport
  report: ImportReport | null | undefined
  /** Index of the first problem shown. */
  from: number
}

/** Shows the result of a check before anything is changed, and what can be done if some lines are wrong. */
export const ImportResultPage = ({ stored, report, from }: ImportResultProps) => {
  const { plan, fileName, id } = stored
  if (!plan) return null
  return (
    <>
      <ImportHead fileName={fileName} />
      <div class="stack">
        <Counts plan={plan} />
        <Choice id={id} plan={plan} />
        {report && report.problems.length > 0 && (
          <ImportProblems stored={stored} problems={report.problems} from={from} />
        )}
        {report && report.examples.length > 0 && <Examples report={report} />}
      </div>
    </>
  )
}

const ACTS = ['create', 'update', 'same', 'wrong'] as const
const LOOKS = {
  create: { tone: 'good', icon: 'plus' },
  update: { tone: 'busy', icon: 'pencil' },
  same: { tone: 'idle', icon: 'check' },
  wrong: { tone: 'bad', icon: 'circle-alert' },
} as const

const Counts = ({ plan }: { plan: ImportPlan }) => {
  const { language } = useFrame()
  return (
    <ul class="card import-counts">
      {ACTS.filter((act) => plan[act] > 0).map((act) => (
        <li>
          <Icon name={LOOKS[act].icon} class={`tone-${LOOKS[act].tone}`} />
          {plural(language, `imports.count.${act}`, plan[act])}
        </li>
      ))}
    </ul>
  )
}

/** Lets the person import all lines, only the valid ones, or none. */
const Choice = ({ id, plan }: { id: string; plan: ImportPlan }) => {
  const { t, language } = useFrame()
  const applicable = plan.create + plan.update
  const columns = `${routes.contactImport(id)}?columns`
  if (applicable === 0)
    return (
      <Notice tone={plan.wrong > 0 ? 'bad' : 'good'}>
        <h2>{t(plan.wrong > 0 ? 'imports.none_good' : 'imports.nothing_new')}</h2>
        <p class="cluster">
          <a href={columns}>{t('imports.columns.change')}</a>
          <a href={routes.newContactImport}>{t('imports.other_file')}</a>
        </p>
      </Notice>
    )
  return (
    <section class="card stack">
      <p>{t(plan.wrong > 0 ? 'imports.choice.some' : 'imports.choice.all')}</p>
      <form method="post" action={routes.contactImportRuns(id)} class="cluster">
        <input type="hidden" name="plan" value={plan.id} />
        <button type="submit" class="primary">
          {plural(language, plan.wrong > 0 ? 'imports.run.some' : 'imports.run.all', applicable)}
        </button>
        {plan.wrong > 0 && (
          <a class="button" href={routes.newContactImport}>
            {t('imports.run.nothing')}
          </a>
        )}
        <a href={columns}>{t('imports.columns.change')}</a>
      </form>
    </section>
  )
}

const Examples = ({ report }: { report: ImportReport }) => {
  const { t, language } = useFrame()
  return (
    <section class="stack tight" aria-labelledby="import-examples">
      <h2 id="import-examples">{t('imports.preview')}</h2>
      <div class="card flush">
        <table class="list stacked">
          <thead>
            <tr>
              <th scope="col">{t('imports.line')}</th>
              <th scope="col">{t('contact.name')}</th>
              <th scope="col">{t('contact.emails')}</th>
              <th scope="col">{t('contact.place')}</th>
              <th scope="col">{t('imports.act')}</th>
            </tr>
          </thead>
          <tbody>
            {report.examples.map(({ line, act, name, emails, town, country }) => (
              <tr>
                <td data-label={t('imports.line')}>{line}</td>
                <th scope="row" class="break-all">
                  {name}
                </th>
                <td class="break-all">{emails.join(', ')}</td>
                <td>{[town, country && countryName(country, language)].filter(Boolean).join(', ')}</td>
                <td>
                  <Badge tone={LOOKS[act].tone} icon={LOOKS[act].icon}>
                    {t(`imports.act.${act}`)}
                  </Badge>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
