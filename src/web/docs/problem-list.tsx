import type { OpenApi } from './openapi'
import { InlineCode } from './prose'

/** Lists the errors of the API. The `type` of a problem leads here. */
export const ProblemList = ({ document }: { document: OpenApi }) => (
  <section class="stack">
    <h1>Errors</h1>
    <p>
      <InlineCode text="Errors are problem details (RFC 9457), sent as `application/problem+json`. `code` is for programs and `detail` for people; `errors` names every field that is wrong, by JSON Pointer. Quote `request_id` when you ask for help." />
    </p>
    <table class="docs-table">
      <thead>
        <tr>
          <th scope="col">Code</th>
          <th scope="col">Status</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        {document['x-problems'].map(({ code, status, title }) => (
          <tr id={code}>
            <th scope="row">
              <code>{code}</code>
            </th>
            <td>{status}</td>
            <td>{title}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)
