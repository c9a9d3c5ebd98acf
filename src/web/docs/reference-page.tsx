import type { PropsWithChildren } from 'hono/jsx'
import { routes } from '../../routes'
import { useFrame } from '../ui/frame'
import { fieldsOf, type OpenApi, type OperationObject, type Parameter, resolve, typeName } from './openapi'
import { InlineCode, Prose } from './prose'

/** Returns the last part of a resource's address: `bulk-sends`. */
export const slugOf = (tag: string): string => tag.toLowerCase().replaceAll(' ', '-')

/** The API is described in English alone, like the names of its fields. */
export const DocsLayout = ({ document, children }: PropsWithChildren<{ document: OpenApi }>) => {
  const { path } = useFrame()
  const links = [
    ['Introduction', routes.docs],
    ...document.tags.map(({ name }) => [name, routes.docsResource(slugOf(name))]),
    ['Errors', routes.docsErrors],
  ] as [string, string][]
  return (
    <div class="docs" lang="en">
      <nav aria-label="Reference">
        <ul>
          {links.map(([name, href]) => (
            <li>
              <a href={href} aria-current={path === href ? 'page' : undefined}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="docs-content stack">{children}</div>
    </div>
  )
}

export const Introduction = ({ document, appUrl }: { document: OpenApi; appUrl: string }) => (
  <section class="stack">
    <h1>Facteur's API</h1>
    <p class="muted">{document.info.summary}</p>
    <p>
      Make a key in <a href={routes.apiSettings}>Settings → API</a>, and send it with every request:
    </p>
    <Code>{`curl ${appUrl}${routes.api}/account \\\n  -H 'Authorization: Bearer fk_test_…'`}</Code>
    <Prose text={document.info.description} />
    <p>
      <InlineCode text="Each response has a `Request-Id`. `RateLimit` says what is left of a key's calls, and `Retry-After` of a 429 when to call again." />
    </p>
    <p>
      For programs: <a href={routes.api + routes.openApi}>openapi.json</a> (OpenAPI 3.1), from which clients are made,
      for example with openapi-typescript.
    </p>
  </section>
)

export const Resource = ({ document, tag, appUrl }: { document: OpenApi; tag: string; appUrl: string }) => {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { tags }]) => tags[0] === tag)
      .map(([method, described]) => ({ method, path, described })),
  )
  return (
    <>
      <h1>{tag}</h1>
      <ul class="docs-contents">
        {operations.map(({ method, path, described }) => (
          <li>
            <a href={`#${described.operationId}`}>{described.summary}</a>{' '}
            <code class="muted">
              {method.toUpperCase()} {path}
            </code>
          </li>
        ))}
      </ul>
      {operations.map((one) => (
        <OperationSection document={document} {...one} appUrl={appUrl} />
      ))}
    </>
  )
}

interface OperationProps {
  document: OpenApi
  method: string
  path: string
  described: OperationObject
  appUrl: string
}

const OperationSection = ({ document, method, path, described, appUrl }: OperationProps) => {
  const { operationId, summary, description, parameters = [], requestBody, responses } = described
  const [success, ...errors] = Object.entries(responses)
  const body = requestBody?.content['application/json']
  return (
    <section class="card stack" aria-labelledby={operationId}>
      <h2 id={operationId}>{summary}</h2>
      <p>
        <code class="docs-path">
          <b>{method.toUpperCase()}</b> {routes.api + path}
        </code>
      </p>
      <Prose text={description} />
      {parameters.length > 0 && <Parameters document={document} parameters={parameters} of={summary} />}
      {requestBody && !body && <p>Body: {Object.keys(requestBody.content).join(', ')}</p>}
      {body && <Fields document={document} title="Body" schema={body.schema} of={summary} />}
      <Code>{curl(appUrl, method, path, body?.example)}</Code>
      {success && <Success document={document} response={success} of={summary} />}
      <details>
        <summary>Errors</summary>
        <dl class="docs-errors">
          {errors.map(([status, { description: text }]) => (
            <>
              <dt>{status}</dt>
              <dd>
                <Prose text={text} />
              </dd>
            </>
          ))}
        </dl>
      </details>
    </section>
  )
}

interface SuccessProps {
  document: OpenApi
  response: [status: string, { content?: Record<string, { schema: object }> }]
  of: string
}

const Success = ({ document, response: [status, { content }], of }: SuccessProps) => {
  const [type, media] = Object.entries(content ?? {})[0] ?? []
  if (!media) return <p>Responds {status}, without a body.</p>
  if (type !== 'application/json')
    return (
      <p>
        Responds {status} with <code>{type}</code>.
      </p>
    )
  return (
    <details>
      <summary>Response {status}</summary>
      <Fields document={document} title={`Response ${status}`} schema={media.schema} of={of} reply />
    </details>
  )
}

const Parameters = ({ document, parameters, of }: { document: OpenApi; parameters: Parameter[]; of: string }) => (
  <Table title="Parameters" of={of}>
    {parameters.map(({ name, in: place, required, description = '', schema }) => (
      <Row name={name} type={`${typeName(document, schema)}, ${place}`} required={required} description={description} />
    ))}
  </Table>
)

interface FieldsProps {
  document: OpenApi
  title: string
  schema: object
  of: string
  /** Every field of a reply is there, so none is called required. */
  reply?: boolean
}

const Fields = ({ document, title, schema, of, reply = false }: FieldsProps) => {
  const fields = fieldsOf(document, resolve(document, schema))
  return (
    <Table title={title} of={of}>
      {fields.map((field) => (
        <Row {...field} required={field.required && !reply} />
      ))}
    </Table>
  )
}

const Table = ({ title, of, children }: PropsWithChildren<{ title: string; of: string }>) => (
  <table class="docs-table">
    <caption class="strong">
      {title}
      <span class="visually-hidden">: {of}</span>
    </caption>
    <tbody>{children}</tbody>
  </table>
)

interface RowProps {
  name: string
  type: string
  required: boolean
  description: string
}

const Row = ({ name, type, required, description }: RowProps) => (
  <tr>
    <th scope="row">
      <code>{name}</code>
    </th>
    <td>
      <span class="muted">
        {type}
        {required && ', required'}
      </span>
      {description && (
        <>
          {' — '}
          <InlineCode text={description} />
        </>
      )}
    </td>
  </tr>
)

const Code = ({ children }: { children: string }) => (
  <pre class="docs-code">
    <code>{children}</code>
  </pre>
)

function curl(appUrl: string, method: string, path: string, body: unknown): string {
  const lines = [
    `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}'${appUrl}${routes.api}${path}'`,
    `-H 'Authorization: Bearer fk_test_…'`,
    ...(body === undefined
      ? []
      : [`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(body, null, 2).replaceAll("'", "'\\''")}'`]),
  ]
  return lines.join(' \\\n  ')
}
