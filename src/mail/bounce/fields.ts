/** Parses groups of fields, as headers are written: status blocks (RFC 3464), feedback reports (RFC 5965), returned headers. */

/** Values by lower-case name. A name that occurs again is a second value. */
export type Fields = Map<string, string[]>

const FIELD = /^[ \t]{0,2}([A-Za-z][A-Za-z0-9-]{0,60})[ \t]{0,4}:(?!\/\/)(.*)$/
const MAX_LINES = 2_000

/**
 * Parses groups that blank lines separate. A line that is no field belongs to the one before, also where the server forgot to
 * indent it.
 */
export function parseFieldGroups(text: string): Fields[] {
  const groups: Fields[] = []
  let group: Fields = new Map()
  let values: string[] | undefined
  for (const line of text.split(/\r\n|\r|\n/, MAX_LINES)) {
    const [, name = '', value = ''] = /^[ \t]/.test(line) && values ? [] : (FIELD.exec(line) ?? [])
    if (line.trim() === '') {
      if (group.size > 0) groups.push(group)
      group = new Map()
      values = undefined
    } else if (name !== '') {
      values = group.get(name.toLowerCase()) ?? []
      values.push(value.trim())
      group.set(name.toLowerCase(), values)
    } else if (values) {
      values.push(`${values.pop() ?? ''} ${line.trim()}`)
    }
  }
  if (group.size > 0) groups.push(group)
  return groups
}

export const fieldOf = (fields: Fields, name: string): string => fields.get(name)?.[0] ?? ''
