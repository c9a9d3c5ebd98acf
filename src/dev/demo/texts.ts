/** The demo's custom texts: two changed French ones, and Dutch, which is not built in. */
export const DEMO_TEXTS = {
  edited: [
    {
      language: 'fr',
      kind: 'invoice',
      subject: 'Votre facture {{ document.number }} de l’Atelier Croix-Rousse',
      body: `Bonjour {{ contact.name }},

Votre commande est prête, voici la facture **{{ document.number }}** d’un montant de **{{ document.total }}**.

{% if document.due_date %}

Merci de la régler au plus tard le {{ document.due_date }}.

{% endif %}

Pour passer nous voir à l’atelier, [prenez rendez-vous](https://croix-rousse.example/rendez-vous?facture={{ document.number }}).

À bientôt,
{{ company.name }}`,
    },
    {
      language: 'fr',
      kind: 'problem_notice',
      subject: '{{ contact.name }} n’a pas reçu {{ document.number }}',
      body: `{{ problem.summary }}

Avant de changer l’adresse, un coup de fil : [le carnet de l’atelier](https://croix-rousse.example/carnet?nom={{ contact.name }}).`,
    },
  ],
  language: 'nl',
  custom: [
    {
      kind: 'invoice',
      subject: 'Factuur {{ document.number }} van {{ company.name }}',
      body: `Beste {{ contact.name }},

Hierbij onze factuur **{{ document.number }}**{% if document.amount_due %} van **{{ document.amount_due }}**, te betalen vóór {{ document.due_date }}{% endif %}.

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
    {
      kind: 'problem_notice',
      subject: 'Niet aangekomen: {{ document.number }} voor {{ contact.name }}',
      body: '**{{ document.number }}** voor {{ contact.name }} is niet aangekomen bij {{ problem.address }}.',
    },
    {
      kind: 'problem_digest',
      subject: '{{ problems.count }} e-mails van {{ company.name }} zijn niet aangekomen',
      body: '{{ problems.count }} e-mails aan klanten zijn niet aangekomen zoals het hoort:',
    },
    {
      kind: 'invitation',
      subject: '{{ person.name }} nodigt u uit bij {{ company.name }}',
      body: '{{ person.name }} nodigt u uit om in Facteur mee te werken aan de facturen van {{ company.name }}.',
    },
    {
      kind: 'reply_confirmation',
      subject: 'Bevestig het antwoordadres van {{ company.name }}',
      body: '{{ company.name }} wil antwoorden van klanten op dit adres ontvangen. Bevestigt u dat dit klopt?',
    },
  ],
  missing: 'fresh_link',
} as const
