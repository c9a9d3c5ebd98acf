-- Receipts and credit notes have lists of their own. SQLite uses the index only where its condition is a choice of such terms.
CREATE INDEX `documents_kind` ON `documents` (`account_id`,`kind`,`id`) WHERE kind = 'receipt' OR kind = 'credit_note';
--> statement-breakpoint
CREATE INDEX `documents_credited` ON `documents` (`account_id`,`id`) WHERE credited > 0;
--> statement-breakpoint
-- The credit notes of a document.
CREATE INDEX `documents_refers_to` ON `documents` (`account_id`,`refers_to`) WHERE refers_to IS NOT NULL;
