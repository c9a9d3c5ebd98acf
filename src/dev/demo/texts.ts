/** The workshop's own words: its French invoice mail, and Dutch, which we don't ship. */
export const DEMO_TEXTS = {
  edited: [
    {
      language: 'fr',
      kind: 'invoice',
      subject: 'Votre facture {{ document.number }} de l’Atelier Croix-Rousse',
      body: `Bonjour {{ contact.name }},

Votre commande est prête, voici la facture **{{ document.number }}** d’un montant de **{{ document.total }}**.

{% if document.due_date %}

Merci de la régler avant le {{ document.due_date }}.

{% endif %}

Pour passer nous voir à l’atelier, [prenez rendez-vous](https://croix-rousse.example/rendez-vous?facture={{ document.number }}).

À bientôt,
{{ company.name }}`,
    },
  ],
  language: 'nl',
  own: [
    {
      kind: 'invoice',
      subject: 'Factuur {{ document.number }} van {{ company.name }}',
      body: `Beste {{ contact.name }},

Hierbij onze factuur **{{ document.number }}** van **{{ document.total }}**, te betalen vóór {{ document.due_date }}.

Vragen? Beantwoord gewoon deze e-mail.

Met vriendelijke groet,
{{ company.name }}`,
    },
    {
      kind: 'receipt',
      subject: 'Betalingsbewijs {{ document.number }} van {{ company.name }}',
      body: `Beste {{ contact.name }},

Bedankt voor uw betaling van **{{ document.total }}**. Hierbij het betalingsbewijs **{{ document.number }}** voor uw administratie.

Met vriendelijke groet,
{{ company.name }}`,
    },
    {
      kind: 'credit_note',
      subject: 'Creditnota {{ document.number }} van {{ company.name }}',
      body: `Beste {{ contact.name }},

Hierbij onze creditnota **{{ document.number }}** van **{{ document.total }}**.

Met vriendelijke groet,
{{ company.name }}`,
    },
    {
      kind: 'resend',
      subject: 'Factuur {{ document.number }} van {{ company.name }}, opnieuw verzonden',
      body: `Beste {{ contact.name }},

Hierbij nogmaals **{{ document.number }}** van **{{ document.total }}**, voor het geval onze eerste e-mail u niet heeft bereikt.

Met vriendelijke groet,
{{ company.name }}`,
    },
  ],
  missing: 'fresh_link',
} as const
