import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BUILT_IN_LANGUAGES } from '../../src/domain/languages'
import { type NoticeKind, TEXT_KINDS } from '../../src/domain/translation'
import { checkTranslation } from '../../src/mail/check-translation'
import { renderDocumentMail } from '../../src/mail/render-mail'
import { builtInTranslation } from '../../src/mail/translation'
import { writeNotice } from '../../src/mail/write-notice'
import { mailInput } from '../support/mail-input'
import { type Tag, tagsOf } from '../support/read-html'
import { runs } from '../support/thorough'

const attributeNames = ({ attributes }: Tag) => Object.keys(attributes)

const inBody = (body: string) =>
  checkTranslation({ subject: 'x', body }, 'invoice').map(({ line, column, reason, detail }) => [
    line,
    column,
    reason,
    detail,
  ])

describe('checkTranslation', () => {
  it('passes the built-in texts', () => {
    for (const language of BUILT_IN_LANGUAGES)
      for (const kind of TEXT_KINDS) expect(checkTranslation(builtInTranslation(kind, language), kind)).toEqual([])
  })

  it.each([
    ['Hello {{ contact.nmae }}', [[1, 10, 'unknown_variable', 'contact.nmae']]],
    [
      'a\nb {{ x }} {{ document.number.size }}',
      [
        [2, 6, 'unknown_variable', 'x'],
        [2, 14, 'unknown_variable', 'document.number.size'],
      ],
    ],
    ['{{ contact.name | default: customer }}', [[1, 28, 'unknown_variable', 'customer']]],
    ['{{ contact.name | shout }}', [[1, 17, 'unknown_filter', 'shout']]],
    ['{{ contact.name | url_part }}', [[1, 17, 'unknown_filter', 'url_part']]],
    ['ok\n\n  {{ contact.name', [[3, 3, 'unclosed', '{{ contact.name']]],
    ['{% if document.due_date %}\nx', [[1, 1, 'unclosed', '{% if document.due_date %}']]],
    ['x {% if document.dew %}y{% endif %}', [[1, 9, 'unknown_variable', 'document.dew']]],
    ['x {% include "secret" %}', [[1, 3, 'unknown_tag', '{% include "secret" %}']]],
    [
      '{% for i in (1..9) %}{% endfor %}',
      [
        [1, 1, 'unknown_tag', '{% for i in (1..9) %}'],
        [1, 22, 'unknown_tag', '{% endfor %}'],
      ],
    ],
    ['{% endif %}', [[1, 1, 'syntax', '{% endif %}']]],
    [`a\n${'>'.repeat(30)} b`, [[2, 1, 'syntax', `${'>'.repeat(30)} b`]]],
    [`${'1. '.repeat(3_000)}b`, [[1, 1, 'syntax', `${'1. '.repeat(20)}…`]]],
    [`${'> '.repeat(5)}- quoted`, []],
    [`${'-'.repeat(80)}`, []],
    ['{{ }}', [[1, 1, 'syntax', '{{ }}']]],
    ['a {{ (1..990000) }}', [[1, 6, 'range', '(1..990000)']]],
    ['{{ contact.name | default: (1..9) }}', [[1, 28, 'range', '(1..9)']]],
    ['a\n{% if (1..9) contains 5 %}b{% endif %}', [[2, 7, 'range', '(1..9)']]],
    ['{% if contact.name %}{{ (9..1) }}{% endif %}', [[1, 25, 'range', '(9..1)']]],
    ['{{ "(1..9)" }} (1..9)', []],
    // Each produces a thousand times its length: table cells, links that repeat one target, variables.
    [
      `${'|a'.repeat(300)}|\n${'|-'.repeat(300)}|\n${'|x\n'.repeat(1_000)}`,
      [[1, 1, 'too_large', `${'|a'.repeat(30)}…`]],
    ],
    [
      `- > ${'|a'.repeat(300)}|\n  > ${'|-'.repeat(300)}|\n${'  > |x\n'.repeat(900)}`,
      [[1, 1, 'too_large', `- > ${'|a'.repeat(28)}…`]],
    ],
    [
      `[r]: https://x.example/${'a'.repeat(5_000)}\n\n${'[r]'.repeat(1_600)}`,
      [[1, 1, 'too_large', expect.any(String)]],
    ],
    ['{{ contact.name }} '.repeat(500), [[1, 1, 'too_large', expect.any(String)]]],
    [`{% if contact.name %}{% else %}${'{{ document.order_number | upcase }}'.repeat(260)}{% endif %}`, []],
    [`${'|a'.repeat(6)}|\n${'|-'.repeat(6)}|\n${'|{{ contact.name }}|b|c|d|e|f|\n'.repeat(40)}`, []],
    [`a|b|c\n`.repeat(1_000), []],
    ['a\n\n[x](javascript:alert(1))', [[3, 5, 'unsafe_link', 'javascript:alert(1)']]],
    ['[x]({{ contact.name }})', [[1, 5, 'unsafe_link', '{{ contact.name }}']]],
    ['[ok](https://example.org) [x](www.example.org)', [[1, 31, 'unsafe_link', 'www.example.org']]],
    ['and/or\n[x](/or)', [[2, 5, 'unsafe_link', '/or']]],
    [
      '[x](/or)\n[x](/or)',
      [
        [1, 5, 'unsafe_link', '/or'],
        [2, 5, 'unsafe_link', '/or'],
      ],
    ],
    ['a [![b](https://b.example/b.png)](https://b.example/)', [[1, 9, 'image', 'https://b.example/b.png']]],
    ['/b first\n\n- a [/b](/b "/b")', [[3, 10, 'unsafe_link', '/b']]],
    ['/a\n\n> [x][1]\n\n[1]: /a', [[5, 6, 'unsafe_link', '/a']]],
    [
      '{{ contact.name }} [y](//y) [x]({{ contact.name }})',
      [
        [1, 24, 'unsafe_link', '//y'],
        [1, 33, 'unsafe_link', '{{ contact.name }}'],
      ],
    ],
    ['![logo](https://example.org/l.png)', [[1, 9, 'image', 'https://example.org/l.png']]],
    [' \n ', [[1, 1, 'empty', '']]],
  ])('finds the problems of %j', (body, problems) => {
    expect(inBody(body)).toEqual(problems)
  })

  it.each([
    '[pay]({{ document.link }})',
    '[pay]( {{- document.link -}} )',
    '[write](mailto:{{ company.email }}?subject={{ document.number }})',
    'https://example.org and someone@example.org',
    '{% unless document.due_date %}now{% endunless %}',
    '{{ document.order_number | default: "–" | upcase }}',
    'braces { } and \\{\\{ more \\}\\}',
  ])('passes %j', (body) => {
    expect(inBody(body)).toEqual([])
  })

  it('limits the length', () => {
    expect(inBody('x'.repeat(10_000))).toEqual([])
    expect(inBody('x'.repeat(10_001))).toEqual([[1, 10_001, 'too_long', '10000']])
  })

  it('looks at the subject too, and names the field', () => {
    expect(checkTranslation({ subject: '{{ foo }}', body: '' }, 'invoice')).toEqual([
      { field: 'subject', line: 1, column: 4, reason: 'unknown_variable', detail: 'foo' },
      { field: 'body', line: 1, column: 1, reason: 'empty', detail: '' },
    ])
  })

  it('never passes a text that can’t be rendered, and never throws', () => {
    const bit = fc.constantFrom(
      ...['{{ contact.name }}', '{{ document.link }}', '{{', '}}', '{%', '%}', '{% if contact.name %}', '{% endif %}'],
      ...[
        '{% else %}',
        '{{ x }}',
        '[a](',
        ')',
        '**',
        '\n\n',
        '- ',
        '> ',
        '`',
        '|',
        '<b>',
        ' x ',
        '{{-',
        '"',
        "'",
        '\\',
      ],
    )
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 12 }), (bits) => {
        const translation = { subject: 'x', body: bits.join('') }
        if (checkTranslation(translation, 'invoice').length > 0) return
        renderDocumentMail(mailInput({ translation }))
      }),
      { numRuns: runs(1000) },
    )
  })

  it('passes no text that makes an unsafe link, loads anything or adds markup, whatever the values', {
    timeout: 120_000,
  }, async () => {
    const bit = fc.constantFrom(
      ...[
        '[a](',
        '](',
        ')',
        '<',
        '>',
        '![',
        '](https://x.example/',
        'https://x.example/',
        'javascript:',
        'data:text/html,',
        '//x.example',
      ],
      ...[
        '{{ contact.name }}',
        '{{ document.link }}',
        '{{ company.email }}',
        '{{ document.order_number }}',
        '{% if contact.name %}',
        '{% endif %}',
      ],
      ...[
        'mailto:',
        '<img src=x onerror=alert(1)>',
        '<a href="javascript:x">',
        '<script>',
        '&#106;avascript:',
        '"',
        "'",
        '`',
        '\n',
        '\n\n',
        ' ',
        '[r]: ',
        '[r]',
      ],
    )
    const value = fc.constantFrom(
      'javascript:alert(1)',
      '"><script>alert(1)</script>',
      '](javascript:x)',
      "' onclick='x",
      'Anna',
    )
    const { buyer } = mailInput().document
    const markdown = mailInput({ translation: { subject: 'x', body: '3. [a](https://x.example/)' } })
    const allowedAttributes = new Set((await tagsOf(renderDocumentMail(markdown).html)).flatMap(attributeNames))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(bit, fc.string({ maxLength: 4 })), { maxLength: 14 }),
        value,
        async (bits, name) => {
          const translation = { subject: 'x', body: bits.join('') }
          if (checkTranslation(translation, 'invoice').length > 0) return
          const { html } = renderDocumentMail(
            mailInput({ translation, document: { buyer: { ...buyer, name }, content: { orderNumber: name } } }),
          )
          const tags = await tagsOf(html)
          expect(tags.filter(({ name }) => name === 'script')).toHaveLength(1)
          for (const tag of tags) {
            expect(tag.name).not.toMatch(/^(img|iframe|object|embed|form|base|svg|link)$/)
            for (const attribute of attributeNames(tag)) expect(allowedAttributes).toContain(attribute)
            if ('href' in tag.attributes) expect(tag.attributes.href).toMatch(/^(https?:|mailto:)/)
          }
        },
      ),
      {
        numRuns: runs(1500),
        examples: [
          // Escaped markup that looks like an attribute until it is parsed.
          [['[a](', '<script>', '<0', '<img src=x onerror=alert(1)>'], 'javascript:alert(1)'],
          // The text of the next tag becomes attributes of a tag that is never closed.
          [['[a](', '<script>', '<A'], 'javascript:alert(1)'],
        ],
      },
    )
  })
})

describe('checkTranslation of a notice', () => {
  const inNotice = (kind: NoticeKind, body: string, subject = 'x') =>
    checkTranslation({ subject, body }, kind).map(({ line, column, reason, detail }) => [line, column, reason, detail])

  it('knows only the variables of its kind', () => {
    expect(inNotice('problem_notice', '{{ problem.status }} {{ document.total }}')).toEqual([
      [1, 25, 'unknown_variable', 'document.total'],
    ])
    expect(inNotice('problem_digest', '{{ problems.count }} {{ problem.status }}')).toEqual([
      [1, 25, 'unknown_variable', 'problem.status'],
    ])
    expect(inNotice('invitation', '{{ person.name }} {{ document.link }}')).toEqual([
      [1, 22, 'unknown_variable', 'document.link'],
    ])
    expect(checkTranslation({ subject: 'x', body: '{{ problem.link }}' }, 'invoice')).toMatchObject([
      { reason: 'unknown_variable' },
    ])
  })

  it('passes links to members, and their variables in them', () => {
    expect(
      inNotice('problem_notice', '[a]({{ problem.link }}) [b](https://crm.example/{{ document.number }})'),
    ).toEqual([])
    expect(inNotice('problem_digest', '[a]({{ problems.link }})')).toEqual([])
    expect(inNotice('problem_notice', '[a]({{ problem.address }})')).toEqual([
      [1, 5, 'unsafe_link', '{{ problem.address }}'],
    ])
  })

  it.each([
    ['Hello\n[here](https://evil.example)', 2, 8, 'https://evil.example'],
    ['see https://evil.example/x now', 1, 5, 'https://evil.example/x'],
    ['see evil.example', 1, 5, 'evil.example'],
    ['write to eve@evil.example', 1, 14, 'evil.example'],
    ['[x](mailto:eve)', 1, 5, 'mailto:eve'],
    ['evil\\.example', 1, 1, 'evil\\.example'],
    ['evil&#46;example', 1, 1, 'evil&#46;example'],
    ['evil.**example**', 1, 1, 'evil.**example'],
    ['evil\u200b.example', 1, 1, 'evil\u200b.example'],
    ['evil.{% if company.name %}example{% endif %}', 1, 1, 'evil.{% if company.name %}example'],
    ['{{ "evil" }}{{ company.name }}', 1, 1, '{{ "evil" }}'],
    ['{{ company.name }}.example', 1, 1, '{{ company.name }}.example'],
    ['Hello\n[x][1]\n\n[1]: #a', 4, 6, '#a'],
    ['Hello\n[x][1]\n\n[1]: https:a', 2, 1, '[x][1]'],
  ])('refuses %j in a notice to people outside the account', (body, line, column, detail) => {
    for (const kind of ['invitation', 'reply_confirmation'] as const)
      expect(inNotice(kind, body)[0]).toEqual([line, column, expect.stringMatching(/^(no|unsafe)_link$/), detail])
  })

  it.each(['Hello, {{ company.name }}. Welcome!', 'z. B. um 10.30 Uhr, 1.000 €', '**Dear** _you_: and/or'])(
    'passes %j there',
    (body) => {
      expect(inNotice('invitation', body)).toEqual([])
    },
  )

  it('passes no invitation in which a reader sees a link or a host other than the button’s', () => {
    const bit = fc.constantFrom(
      ...[
        'evil',
        'com',
        '.',
        ':',
        '//',
        '@',
        ' ',
        '\n',
        '\n\n',
        '\\',
        '**',
        '_',
        '`',
        '~~',
        '<',
        '>',
        '[',
        '](',
        ')',
        '[1]: ',
      ],
      ...[
        '&#46;',
        '&#x2e;',
        '&period;',
        '&amp;',
        '\u200b',
        '{{ company.name }}',
        '{{ person.name | downcase }}',
        '{{ "com" }}',
      ],
      ...[
        '{% if company.name %}',
        '{% else %}',
        '{% endif %}',
        '{{- company.name -}}',
        '- ',
        '> ',
        '| ',
        '#',
        'www',
        'http',
      ],
    )
    const invitation = {
      kind: 'invitation',
      link: 'https://facteur.example/x',
      company: 'Acme',
      person: 'Camille',
    } as const
    const reader = { language: 'en', languages: { language: 'en' }, customTexts: [] }
    fc.assert(
      fc.property(fc.array(bit, { minLength: 3, maxLength: 14 }), (bits) => {
        const text = { subject: 'x', body: bits.join('') }
        if (checkTranslation(text, 'invitation').length > 0) return
        const { html } = writeNotice(invitation, reader, text)
        expect(html.match(/<a\b/g)).toHaveLength(1)
        const visibleText = html
          .replace(/^[\s\S]*<\/head>/, '')
          .replace(/<(br|\/p|\/li|\/td|\/tr|\/h\d|\/pre|hr)\b[^>]*>/g, ' ')
          .replace(/<[^>]*>/g, '')
          .replace(/&#(\d+);|&#x([\da-f]+);/gi, (_, d, x) =>
            String.fromCodePoint(d ? Number(d) : Number.parseInt(x, 16)),
          )
          .replace(/&period;/g, '.')
          .replace(/\u200b/g, '')
        expect(visibleText).not.toMatch(/(evil|com|www|http|acme|camille)(\.|:\/\/)(evil|com|www|http|acme|camille)/i)
      }),
      { numRuns: runs(500) },
    )
  })

  it('looks for links in the subject too, and does not take long', () => {
    expect(inNotice('invitation', 'x', 'evil.example')).toEqual([[1, 1, 'no_link', 'evil.example']])
    for (const link of ['ｅｖｉｌ．ｃｏｍ', 'evil。com', '銀行｡com', '192.0.2.1', '１９２．０．２．１/x', 'evil․com'])
      expect(inNotice('invitation', `a ${link} b`), link).toMatchObject([[1, 3, 'no_link', link]])
    expect(inNotice('invitation', 'ご利用ください。次に')).toEqual([])
    for (const text of ['a'.repeat(9_999), 'a.'.repeat(4_999), '-'.repeat(9_999)]) inNotice('invitation', text)
  })
})
