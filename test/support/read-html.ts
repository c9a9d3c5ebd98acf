/** Holds a start tag as an HTML parser reports it. Attribute values are not decoded: entities stay entities. */
export interface Tag {
  name: string
  attributes: Record<string, string>
}

/** Returns all start tags of a page or mail, in order, read by a real HTML parser, which ignores markup in text and scripts. */
export async function tagsOf(html: string): Promise<Tag[]> {
  const tags: Tag[] = []
  const rewriter = new HTMLRewriter().on('*', {
    element: ({ tagName, attributes }) => {
      tags.push({
        name: tagName,
        attributes: Object.fromEntries([...attributes].map(([key = '', value = '']) => [key, value])),
      })
    },
  })
  await rewriter.transform(new Response(html)).arrayBuffer()
  return tags
}
